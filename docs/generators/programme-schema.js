import 'reflect-metadata';
import { ProgrammeRequest } from '../../dist/convening/programme.requests.js';
import { jsonSchemaOf } from '../../dist/http/json-schema.js';

/** Descriptions as they are told: lines of code are no lines of theirs. */
const inOneLine = (_, value) => (typeof value === 'string' ? value.replace(/\s*\n\s*/g, ' ') : value);

/** docs/reference/programme.schema.json: what a programme may be, from the table that it is held against, in the words of the description of the API. */
export const programmeSchema = ({ components: { schemas } }) => {
  const said = 'The whole programme of a convening as one document: what GET /convenings/{id}/programme gives and PUT takes. What it does not name is removed.';
  const sayings = { ...schemas, ProgrammeRequest: { ...schemas.ProgrammeRequest, description: said } };
  return `${JSON.stringify(jsonSchemaOf(ProgrammeRequest, { id: 'programme.schema.json', title: 'Programme', sayings }), inOneLine, 2)}\n`;
};
