import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { docOf, programOf, root, usual } from './types.js';

/** Reads that answer with bytes: what these are the JSON of. */
const written = {
  AgendaHttp_json: ['agenda/agenda.ts', 'Agenda'],
  DifferenceHttp_json: ['agenda/difference.ts', 'Difference'],
  ConflictsHttp_list: ['convening/conflicts.queries.ts', 'ConflictsRead'],
  ProgrammeHttp_read: ['convening/programme-document.rules.ts', 'ProgrammeRead'],
  ProgrammeHttp_set: ['convening/programme-document.queries.ts', 'ProgrammeChanged'],
};
/** What is sent as it is: nothing is told of its shape. */
const isBytes = new Set(['Buffer', 'Readable', 'StreamableFile']);
const methods = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);
/** Shapes that are told once, by these names; others are told where they stand. */
const isNamed = (symbol) => symbol !== undefined && symbol.name !== '__type' && symbol.declarations.every((node) => !node.getSourceFile().isDeclarationFile);
const hasFields = (type) => (type.flags & ts.TypeFlags.Object) !== 0 || (type.flags & ts.TypeFlags.Intersection) !== 0;

/** Turns types into schemas as OpenAPI 3.0 has them. */
class Schemas {
  constructor(checker) {
    this.checker = checker;
    this.named = new Map();
    this.declared = new Map();
  }

  of(type) {
    const symbol = type.aliasSymbol ?? type.symbol;
    if (!hasFields(type) || this.checker.isArrayType(type) || !isNamed(symbol) || type.aliasTypeArguments) return this.written(type);
    const { name } = symbol;
    if ((this.declared.get(name) ?? symbol) !== symbol) throw new Error(`Two types that are answered with are called ${name}.`);
    this.declared.set(name, symbol);
    if (!this.named.has(name)) {
      this.named.set(name, undefined); // It may hold itself.
      const doc = docOf(symbol.declarations[0]);
      this.named.set(name, { ...(doc && { description: doc }), ...this.written(type) });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** One of several shapes has a name too, where it is what is answered with. */
  root(type) {
    if (!type.isUnion() || !type.aliasSymbol) return this.of(type);
    const { name, declarations } = type.aliasSymbol;
    this.named.set(name, { description: docOf(declarations[0]), ...this.written(type) });
    return { $ref: `#/components/schemas/${name}` };
  }

  written(type) {
    const { flags } = type;
    if (flags & ts.TypeFlags.StringLike) return { type: 'string', ...(type.isStringLiteral() && { enum: [type.value] }) };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'integer' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean', ...(flags & ts.TypeFlags.BooleanLiteral && { enum: [this.checker.typeToString(type) === 'true'] }) };
    if (flags & ts.TypeFlags.Unknown) return {};
    if (type.isUnion()) return this.union(type.types.filter((each) => !(each.flags & ts.TypeFlags.Undefined)));
    if (this.checker.isArrayType(type)) return { type: 'array', items: this.of(this.checker.getTypeArguments(type)[0]) };
    const any = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (any) return { type: 'object', additionalProperties: this.of(any.type) };
    if (!hasFields(type) && this.checker.typeToString(type) !== 'object') throw new Error(`${this.checker.typeToString(type)} has no schema.`);
    return this.object(type);
  }

  union(types) {
    const kinds = types.filter((each) => !(each.flags & ts.TypeFlags.Null));
    if (kinds.length < types.length) return { nullable: true, ...this.written(kinds[0]) };
    if (kinds.length === 1) return this.of(kinds[0]);
    // The compiler's order of the kinds means nothing.
    if (kinds.every((each) => each.isStringLiteral())) return { type: 'string', enum: kinds.map(({ value }) => value).sort() };
    if (kinds.every((each) => each.flags & ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
    return { anyOf: kinds.map((each) => this.of(each)).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)) };
  }

  object(type) {
    const fields = type.getProperties();
    const required = fields.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
    return {
      type: 'object',
      ...(required.length > 0 && { required }),
      ...(fields.length > 0 && { properties: Object.fromEntries(fields.map((field) => [field.name, this.field(field)])) }),
    };
  }

  field(field) {
    const { valueDeclaration: declaration = field.declarations?.[0] } = field;
    // A type that is written out keeps the names that the compiler forgets once it has worked it out.
    const isOwn = declaration?.type && !(field.links?.checkFlags & ts.CheckFlags.Mapped);
    const type = isOwn ? this.checker.getTypeFromTypeNode(declaration.type) : this.checker.getTypeOfSymbol(field);
    const schema = type.isUnion() && !type.aliasSymbol ? this.union(type.types.filter((each) => !(each.flags & ts.TypeFlags.Undefined))) : this.of(type);
    const isOfFacts = declaration?.getSourceFile().fileName.endsWith('.events.ts');
    const description = (declaration ? docOf(declaration) : '') || (isOfFacts && usual[field.name]);
    if (!description) return schema;
    return '$ref' in schema ? { description, allOf: [schema] } : { ...schema, description };
  }
}

/** Every route of a controller, with the type of what it answers. */
const routesOf = (checker, source) => {
  const routes = [];
  for (const node of source.statements.filter(ts.isClassDeclaration))
    for (const method of node.members.filter(ts.isMethodDeclaration)) {
      const isRoute = ts.getDecorators(method)?.some(({ expression }) => ts.isCallExpression(expression) && methods.has(expression.expression.getText()));
      if (!isRoute) continue;
      const answered = checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(method));
      routes.push([`${node.name.text}_${method.name.getText()}`, checker.getAwaitedType(answered)]);
    }
  return routes;
};

/** src/http/answers.ts: the schemas of what is answered, from the types of the controllers and of the agenda. */
export const answersSource = () => {
  const controllers = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith('.http.ts') && !path.endsWith('problems.http.ts')).sort();
  const program = programOf([...controllers, 'agenda/agenda.ts']);
  const checker = program.getTypeChecker();
  const schemas = new Schemas(checker);
  const typeCalled = ([file, name]) => checker.getDeclaredTypeOfSymbol(checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(`${root}src/${file}`))).find((each) => each.name === name));
  const answers = {};
  for (const [operation, type] of controllers.flatMap((path) => routesOf(checker, program.getSourceFile(`${root}src/${path}`)))) {
    const answered = written[operation] ? typeCalled(written[operation]) : checker.getNonNullableType(type);
    if (answered.flags & ts.TypeFlags.Never) continue; // It leads elsewhere.
    if ((answered.isUnion() ? answered.types : [answered]).every(({ symbol }) => isBytes.has(symbol?.name))) continue;
    // What every change is answered with is told by hand: the controllers differ in whether they name a new thing.
    if (answered.symbol?.name === 'Done' || answered.isIntersection()) continue;
    const { $ref } = schemas.root(answered);
    if (!$ref) throw new Error(`${operation} answers with a type that has no name of its own.`);
    answers[operation] = $ref.split('/').at(-1);
  }
  const rows = (entries) => entries.map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`);
  return [
    '/* Generated by docs/generate.js from the types of controllers and of the agenda; do not edit. */', '',
    '/** The name of the shape of an answer, by its operation. */',
    'export const answers: Readonly<Record<string, string>> = {', ...rows(Object.entries(answers)), '};', '',
    '/** The shapes, as OpenAPI 3.0 has them. */',
    'export const answerSchemas: Readonly<Record<string, object>> = {', ...rows([...schemas.named].sort(([one], [other]) => (one < other ? -1 : 1))), '};', '',
  ].join('\n');
};
