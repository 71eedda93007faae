import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { declarationsOf, docOf, programOf, root, usual } from './types.js';

/** Facts live in `.events.ts` files; an area’s catalogue of them is the constant whose name ends with `Catalogue`. */
const eventFiles = () =>
  readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.events.ts'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();

const catalogues = async (files) => {
  const found = [];
  for (const file of files) {
    const exported = await import(`${root}dist/${file.replace(/\.ts$/, '.js')}`);
    for (const [name, rows] of Object.entries(exported)) if (name.endsWith('Catalogue')) found.push({ area: file.split('/')[0], rows });
  }
  return found;
};

const line = (text) => text.replace(/\s*\n\s*/g, ' ');
const cell = (text) => line(text).replaceAll('|', '\\|');
const anchor = (name) => name.toLowerCase();

/** A type as it is written, each name of ours a link to where it is told. */
const written = (text, declared, used) => {
  const names = [...new Set(text.replace(/'[^']*'/g, '').match(/\b[A-Z]\w+\b/g) ?? [])].filter((name) => declared.has(name) && !skipped.has(name));
  for (const name of names) used.add(name);
  return `\`${line(text)}\`${names.length > 0 ? ` (${names.map((name) => `[${name}](#${anchor(name)})`).join(', ')})` : ''}`;
};
/** Names that say nothing about data: how facts and types are put together. */
const skipped = new Set(['Event', 'Readonly', 'Record', 'Partial', 'Omit', 'Pick']);

/** The fields of a type, whatever it is put together from, as rows. */
const fieldRows = (checker, type, declared, used, personal = {}) =>
  type.getProperties().map((field) => {
    const declaration = field.valueDeclaration;
    const optional = (field.flags & ts.SymbolFlags.Optional) !== 0 ? '?' : '';
    // A type that is written out is clearer than one that the compiler has worked out.
    const text = declaration?.type ? declaration.type.getText() : checker.typeToString(checker.getTypeOfSymbol(field), undefined, ts.TypeFormatFlags.NoTruncation);
    const said = (declaration ? docOf(declaration) : '') || usual[field.name] || '';
    return `| \`${field.name}\`${optional} | ${cell(written(text, declared, used))} | ${cell(said)}${field.name in personal ? ' **Personal: sealed.**' : ''} |`;
  });

const table = (rows) => (rows.length > 0 ? ['| field | type | |', '| --- | --- | --- |', ...rows, ''] : ['No fields.', '']);

const isEvent = (node) => ts.isTypeAliasDeclaration(node) && ts.isTypeReferenceNode(node.type) && node.type.typeName.getText() === 'Event';

/** docs/reference/events.md: every fact, from its type, its docstring and its row in the catalogue. */
export const eventsReference = async () => {
  const files = eventFiles();
  const program = programOf(files);
  const checker = program.getTypeChecker();
  const declared = declarationsOf(program);
  const used = new Set();
  const lines = [
    '# Events', '', 'Generated from the code; do not edit. Every fact that can stand in a stream, in the version of its shape that is written today.',
    'A field with `?` may be left out. A personal value is sealed with its person’s key where it is stored.', '',
  ];
  for (const { area, rows } of await catalogues(files)) {
    lines.push(`## ${area[0].toUpperCase()}${area.slice(1)}`, '');
    for (const [name, { schema, personal }] of Object.entries(rows)) {
      const node = declared.get(name);
      if (!node || !isEvent(node)) throw new Error(`The catalogue names ${name}, which no .events.ts file declares as an event.`);
      const doc = docOf(node);
      if (!doc) throw new Error(`${name} has no docstring: say what happened.`);
      lines.push(`### ${name}`, '', `${doc} (Schema ${schema}.)`, '', ...table(fieldRows(checker, checker.getTypeFromTypeNode(node.type.typeArguments[1]), declared, used, personal)));
    }
  }
  lines.push('## What fields are made of', '');
  const told = new Set();
  for (let next = [...used].sort(); next.length > 0; next = [...used].filter((name) => !told.has(name)).sort()) {
    for (const name of next) {
      told.add(name);
      const node = declared.get(name);
      const doc = docOf(node);
      lines.push(`### ${name}`, '', ...(doc ? [doc, ''] : []));
      if (ts.isInterfaceDeclaration(node)) lines.push(...table(fieldRows(checker, checker.getTypeAtLocation(node), declared, used)));
      else lines.push(`${written(meaning(checker, node), declared, used)}`, '');
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
};

/** A list of words is told as its words, in their order; anything else as it is written. */
const meaning = (checker, { type }) => {
  if (!ts.isIndexedAccessTypeNode(type)) return type.getText();
  const [query] = [type.objectType].map((node) => (ts.isParenthesizedTypeNode(node) ? node.type : node));
  const list = ts.isTypeQueryNode(query) ? checker.getSymbolAtLocation(query.exprName)?.valueDeclaration?.initializer : undefined;
  const words = list && (ts.isAsExpression(list) ? list.expression : list);
  return words && ts.isArrayLiteralExpression(words) ? words.elements.map((each) => each.getText()).join(' | ') : type.getText();
};
