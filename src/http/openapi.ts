import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { answers, answerSchemas } from './answers.js';

/** The API's description, made from the controllers and requests. */
export const apiDescription = (app: NestFastifyApplication): OpenAPIObject =>
  withWhatAllHave(
    SwaggerModule.createDocument(
      app,
      new DocumentBuilder()
        .setTitle('Baraza')
        .setDescription(
          'Plans, runs and remembers meetings. Writes need the operator’s token. Errors are problem details (RFC 9457) with a stable `code`. ' +
            'Every answer to a write carries `ETag` (for `If-Match`) and `Baraza-Position` (send it back to read what you wrote on another node). ' +
            '`Reason` (percent-encoded UTF-8) is kept in the history; `Idempotency-Key` makes repeating a write safe.',
        )
        .setVersion('1')
        .addBearerAuth()
        .build(),
    ),
  );

const text = { type: 'string' } as const;
const header = (name: string, description: string, example: string) => ({ name, in: 'header' as const, required: false, description, schema: { ...text, example } });

const ofWrites = [
  header('Idempotency-Key', '1 to 255 visible ASCII characters: repeating the request with it is safe for 24 hours.', '5f0c1c1e-8f0f-4d0e-9c1b-3a4f2f6b7a10'),
  header('If-Match', 'Only if the subject is still at the revision of this ETag; else 412.', '"r17"'),
  header('Reason', 'Why, as percent-encoded UTF-8; kept in the history.', 'The%20hall%20is%20closed'),
];
const ofReads = [
  header('If-None-Match', 'Only if it is no longer what this ETag names; else 304.', '"r17"'),
  header('Baraza-Position', 'As an answer to a write gave it: the answer includes that write.', '0196f3c2-5a1e-7c40-9d2b-7f1f4b3a9e10.42'),
];

const done = {
  type: 'object' as const,
  description: 'It is so now.',
  required: ['revision'],
  properties: { revision: { type: 'integer' as const, minimum: 0, description: 'Of the subject, as in the ETag.' }, id: { ...text, description: 'Of a new thing whose id was left to us.' } },
};
const problem = {
  type: 'object' as const,
  description: 'Problem details (RFC 9457).',
  required: ['type', 'title', 'status', 'code', 'solve', 'instance'],
  properties: {
    type: { ...text, description: 'Leads to what is said of the code.', example: '/problems/room-taken' },
    title: { ...text, description: 'What is wrong.' },
    status: { type: 'integer' as const },
    code: { ...text, description: 'Stable: a program can act on it.', example: 'room-taken' },
    solve: { ...text, description: 'What to do.' },
    instance: { ...text, description: 'Names this answer in the log.' },
    about: { type: 'object' as const, description: 'The facts that are needed to act.', additionalProperties: true },
    errors: {
      type: 'array' as const,
      description: 'What is wrong with which place of the request.',
      items: { type: 'object' as const, properties: { pointer: { ...text, example: '#/slot/start' }, code: text, detail: text, about: { type: 'object' as const, description: 'The facts that are needed to act.', additionalProperties: true } } },
    },
  },
};

const refused = (description: string) => ({ description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } });

/** What is refused for the same reason everywhere. */
const refusals = {
  '400': refused('The address, query, a header or the body is not what it should be: see `errors`.'),
  '401': refused('This needs the operator’s token, or the one sent is wrong.'),
  '404': refused('What the address names is not there, or not for who asks.'),
  '406': refused('There is no form that `Accept` allows: see `available`.'),
  '409': refused('As things stand the change may not happen: see `code`, `about` and `solve`.'),
  '412': refused('It has changed since the revision that `If-Match` names.'),
  '422': refused('The change makes no sense as it is asked for, lacks a reason, or its `Idempotency-Key` was used for another.'),
  '429': refused('Too many come from this address, or to this convening: repeat it after `Retry-After`.'),
  '503': refused('Not now: repeat it after `Retry-After`, a write with the same `Idempotency-Key`.'),
};
type RefusedStatus = keyof typeof refusals;

type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;

/** What every change, every read and every refusal has, told once. */
const withWhatAllHave = (description: OpenAPIObject): OpenAPIObject => {
  const { components, paths } = description;
  description.components = { ...components, schemas: { ...components?.schemas, Done: done, Problem: problem, ...answerSchemas }, responses: refusals };
  for (const [path, methods] of Object.entries(paths))
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      const operation = methods[method];
      if (!operation) continue;
      completeBody(operation, components?.schemas ?? {});
      if (!path.startsWith('/convenings')) completeOperation(operation);
      else if (method === 'get') completeRead(operation, path);
      else completeWrite(operation, path);
    }
  return description;
};

/** No body is an empty one: where nothing in it is needed, it may be left out. */
const completeBody = ({ requestBody }: Operation, schemas: Readonly<Record<string, object>>): void => {
  if (!requestBody || '$ref' in requestBody) return;
  const { $ref = '' } = (requestBody.content['application/json']?.schema ?? {}) as { readonly $ref?: string };
  const { required = [] } = (schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {}) as { readonly required?: readonly string[] };
  requestBody.required = required.length > 0;
};

const refuses = (operation: Operation, ...statuses: readonly RefusedStatus[]): void => {
  // What a route says of itself stays said.
  for (const status of statuses) operation.responses[status] ??= { $ref: `#/components/responses/${status}` };
  operation.responses['default'] = refused('Refused, with a code.');
};

const shapeOf = ({ operationId = '' }: Operation) => {
  const name = answers[operationId];
  return name === undefined ? undefined : { $ref: `#/components/schemas/${name}` };
};

const jsonOf = (operation: Operation) => {
  const schema = shapeOf(operation);
  return schema && { 'application/json': { schema } };
};

/** Health has one shape, whatever it says. */
const completeOperation = (operation: Operation): void => {
  const content = jsonOf(operation);
  if (!content) return;
  operation.responses['200'] = { description: 'It is.', content };
  if (operation.responses['503']) operation.responses['503'] = { description: 'It is not, for now.', content };
};

const completeRead = (operation: Operation, path: string): void => {
  const isList = path === '/convenings';
  operation.parameters = [...(operation.parameters ?? []), ...(isList ? ofReads.slice(1) : ofReads)];
  const shown = {
    ETag: { description: 'Of what is sent, for `If-None-Match`; of a part its revision, for `If-Match`.', schema: text },
    'Baraza-As-Of': { description: 'The revision of the convening that it shows: `rev:17`.', schema: text },
    'Baraza-Recorded-At': { description: 'When that was recorded (UTC).', schema: text },
  };
  const content = jsonOf(operation);
  operation.responses['200'] = { ...operation.responses['200'], description: 'As it is.', ...(!isList && { headers: shown }), ...(content && { content }) };
  if (!isList) operation.responses['304'] = { description: 'It still is what `If-None-Match` names.', headers: shown };
  refuses(operation, '400', '401', ...(isList ? [] : (['404'] as const)), ...(/\/agenda(\/difference)?$/.test(path) ? (['406'] as const) : []), '503');
};

/** The public may ask it, within limits. */
const takesStrangers = ({ operationId }: Operation): boolean => operationId === 'RegistrationsHttp_register';

const completeWrite = (operation: Operation, path: string): void => {
  operation.parameters = [...(operation.parameters ?? []), ...ofWrites];
  for (const status of ['200', '201'])
    if (operation.responses[status])
      operation.responses[status] = {
        description: status === '201' ? 'It is there: see `Location`.' : 'It is so now.',
        headers: {
          ETag: { description: 'The subject’s revision, for `If-Match`.', schema: text },
          'Baraza-Position': { description: 'Where it stands in the log: send it back to read what you wrote.', schema: text },
          ...(status === '201' && { Location: { description: 'Where it is.', schema: text } }),
        },
        content: jsonOf(operation) ?? { 'application/json': { schema: { $ref: '#/components/schemas/Done' } } },
      };
  refuses(operation, '400', '401', ...(path === '/convenings' ? [] : (['404'] as const)), '409', '412', '422', ...(takesStrangers(operation) ? (['429'] as const) : []), '503');
  // With the token or without.
  if (takesStrangers(operation)) operation.security = [{}, ...(operation.security ?? [])];
};

/** The page at /docs, and the description itself at /docs/openapi.json. */
export const describeApi = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('docs', app, () => apiDescription(app), {
    jsonDocumentUrl: 'docs/openapi.json',
    yamlDocumentUrl: 'docs/openapi.yaml',
    customSiteTitle: 'Baraza API',
    swaggerOptions: { scarfSettings: { enabled: false } },
  });
};
