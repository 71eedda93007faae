import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What a field says whose name says it all; a docstring of its own goes before. */
const usual = {
  convening: 'The convening’s id.',
  session: 'The session’s id.',
  appearance: 'The appearance’s id, unique in its session.',
  room: 'The room’s id.',
  track: 'The track’s id.',
  id: 'Unique in its session.',
  person: 'The person’s id: a UUID that names nobody.',
  people: 'The ids of the people.',
  of: 'The person whom the value belongs to.',
  by: 'Who said so.',
  way: 'How it was said.',
  given: 'The instant it was said; left out: when it was recorded.',
  note: 'What else was said.',
  from: 'What it was.',
  to: 'What it is.',
  start: 'When it begins.',
  end: 'When it ends.',
  zone: 'IANA name of the time zone.',
  languages: 'BCP 47 tags.',
  title: 'By language.',
  subtitle: 'By language.',
  description: 'By language.',
  abstract: 'By language.',
  name: 'What it is called.',
  position: 'By language.',
  organisation: 'By language.',
  represents: 'For whom the person speaks.',
  credit: 'What is printed of the person.',
  office: 'What is printed while nobody is named.',
  role: 'What the person does in the session.',
  kind: 'What sort it is.',
  links: 'In their order.',
  organisers: 'In their order.',
  venue: 'Where it takes place.',
  policy: 'How the rules are applied.',
  audience: 'Who may see it.',
  slot: 'When and where.',
  item: 'The step of the running order.',
  minutes: 'How long it takes.',
  conflict: 'The conflict’s key.',
  conflicts: 'A severity for each rule.',
  rule: 'Which rule finds it.',
  circumstance: 'The slots and people it consists of.',
  slots: 'By session.',
  reason: 'Why.',
  number: '1, 2, …',
  label: 'Unique in the convening.',
  attendance: 'As reported.',
  replaces: 'The id of the appearance in whose place it stands.',
  with: 'The id of the appearance that stands in its place.',
  answerBy: 'The instant until which an answer is hoped for.',
  notes: 'For organisers only.',
  honorific: '“Mr.”, “H. E.”, “Professor”.',
  shortName: 'As it is abbreviated.',
  participants: 'How many took part.',
  countries: 'From how many countries.',
  address: 'By language.',
  city: 'Its name.',
  category: 'The category’s id.',
  approval: 'Whether the organisers look at each registration.',
  placesTold: 'What the public is told of places left.',
  registration: 'The registration’s id.',
  registrations: 'Their ids, who waited longest first.',
  standing: 'How it stands.',
  group: 'Of those who came with one request.',
  entry: 'What was filled in.',
  repeat: 'The id under which the form was answered.',
  until: 'The instant from which the seat is no longer kept.',
  day: 'A local date.',
  into: 'The category in which its people are from now on.',
  family: 'By which lists are sorted.',
  email: 'As it was written.',
  answers: 'By the field’s id.',
  sealed: 'The sealed text.',
  value: 'What it is.',
};

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

/** Every type alias and interface of the program, by name: names are unique in what facts are made of. */
const declarationsOf = (program) => {
  const declared = new Map();
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile) continue;
    ts.forEachChild(file, (node) => {
      if (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) declared.set(node.name.text, node);
    });
  }
  return declared;
};

const docOf = (node) => {
  const [doc] = ts.getJSDocCommentsAndTags(node).slice(-1);
  return doc ? (ts.getTextOfJSDocComment(doc.comment) ?? '').replace(/\s*\n\s*/g, ' ').trim() : '';
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
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config, ts.sys, root);
  const program = ts.createProgram(files.map((file) => `${root}src/${file}`), options);
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
