import { expect } from '@jest/globals';
import type { Answer, Application, Method } from '../http/application.js';

// A convening of two days whose registration is tried over HTTP.

export const at = '/convenings/arusha-2013';
export const registration = `${at}/registration`;
export const registrations = `${at}/registrations`;

/** What somebody fills in. */
export const form = (name: string, more: object = {}) => ({ category: 'participant', name: { given: name, family: 'Juma' }, email: `${name}@example.org`, ...more });

/** What tests look at of an answer to a registration. */
export const told = ({ status, body: { code, about, id: _, ...rest } }: Answer) => (status < 300 ? { status, ...rest } : { status, code, ...(about && { about }) });

/** Done, whatever it is answered with. */
export const done = async (app: Application, method: Method, path: string, body?: object, headers?: Record<string, string>): Promise<Answer> => {
  const answer = await app.ask(method, path, body, headers);
  expect({ path, code: answer.status < 300 ? undefined : answer.body.code, about: answer.body.about }).toEqual({ path, code: undefined, about: undefined });
  return answer;
};

/** Planned, prepared on these terms, with one category of so many seats. */
export const prepared = async (app: Application, terms: object = { opens: '2013-01-01T00:00:00Z' }, category: object = { capacity: 2 }): Promise<void> => {
  await done(app, 'POST', '/convenings', { id: 'arusha-2013', title: 'Preventing genocide', start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam' });
  await done(app, 'POST', registration, terms);
  await done(app, 'POST', `${registration}/categories`, { id: 'participant', name: 'Participant', ...category });
};
