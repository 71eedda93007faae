import type { ProgrammeRead } from '../convening/programme-document.queries.js';
import { refusals } from '../deciding/refusal.js';
import { placesOf } from './json-places.js';
import type { Given } from './programme-file.js';
import { isChosen, isObject } from './programme-lines.js';
import { namesIn, type Names } from './programme-names.js';
import type { SeatsNamed } from './programme-seats.js';
import type { ProblemTold } from './service.js';

type About = Readonly<Record<string, unknown>>;

/** Whether a refusal names something by an id that nobody chose, which says nothing to people. */
export const needsNames = ({ errors = [] }: ProblemTold): boolean => errors.some(({ about = {} }) => idsIn(about).some((id) => !isChosen(id)));

const idsIn = ({ session, appearance, by, conflicts }: About): string[] => [
  ...[session, appearance, by].filter((id) => typeof id === 'string'), ...listIn(conflicts).flatMap((conflict) => keyOf(conflict).split(/[:.]/)),
];

/** One line for each thing that is wrong, as compilers write it, and for each sort of them what to do. `there`: the programme as it is, where names are needed. */
export const faultsIn = ({ text, name }: Given, { errors = [], ...problem }: ProblemTold, there: Pick<ProgrammeRead, 'sessions'>): string[] => {
  if (errors.length === 0) return [sentenceOf(problem)];
  const places = placesOf(text, errors.map(({ pointer }) => pointer));
  // Cast: what Baraza understood; of what it did not it tells no ids.
  const names = needsNames({ ...problem, errors }) ? namesIn(JSON.parse(text) as SeatsNamed, there) : undefined;
  const lines = errors.map(({ pointer, code, detail, about }) => {
    const { line, column } = places.get(pointer) ?? { line: 1, column: 1 };
    return pointer.startsWith('#') ? `${name}:${line}:${column}: ${detail} (${code} at ${pointer}${factsOf(about, names && { ...names, near: pointer })})` : `${pointer}: ${detail}`;
  });
  const solutions: ReadonlyMap<string, { readonly solve: string }> = new Map(Object.entries(refusals));
  const hints = [...new Set(errors.map(({ code }) => code))].flatMap((code) => solutions.get(code)?.solve ?? []);
  const passing = names && errors.some(({ about = {} }) => listIn(about['conflicts']).some((conflict) => partsOf(conflict).some(([session = '', id = '']) => names.isPassing(session, id))));
  return [
    ...lines, ...hints.map((hint) => `  ${hint}`), ...(passing ? ['  A conflict of a new appearance has a key that can be accepted when the document gives the appearance an id.'] : []),
    `Nothing was written: ${errors.length === 1 ? 'one thing is' : `${errors.length} things are`} wrong.`,
  ];
};

/** What is wrong as a whole, and what to do here. */
export const sentenceOf = ({ title, solve, code, status, about }: ProblemTold): string => {
  if (code === 'unauthenticated') return 'This token is not the operator’s: see BARAZA_TOKEN, or --token.';
  if (code === 'precondition-failed') return `Somebody changed it meanwhile: it is at r${String(about?.['revision'])} now. Get it again, and change that.`;
  if (code === 'reason-required') return `${title} Say it with --reason.`;
  return `${title} ${solve} (${status} ${code}${factsOf(about)})`;
};

/** What there are names for, and the place of what is wrong. */
type Naming = Names & { readonly near: string };

/** The facts that are needed to act. Of conflicts their keys: what else they are is listed by the service. */
const factsOf = (about: About = {}, naming?: Naming): string =>
  Object.entries(about).map(([name, value]) => `; ${name}: ${Array.isArray(value) ? value.map((each) => called(name, each, about, naming)).join(', ') : called(name, value, about, naming)}`).join('');

const called = (name: string, value: unknown, { session }: About, naming: Naming | undefined): string => {
  if (!naming) return keyOf(value);
  if (typeof value === 'string' && (name === 'session' || name === 'by')) return naming.session(value);
  if (typeof value === 'string' && name === 'appearance' && !isChosen(value)) return naming.seat(typeof session === 'string' ? session : naming.sessionAt(naming.near), value, naming.near);
  return name === 'conflicts' ? conflictCalled(value, naming) : keyOf(value);
};

/** By those whom it is about; its key where that can be used, and says less. */
const conflictCalled = (conflict: unknown, naming: Naming): string => {
  const [key, parts] = [keyOf(conflict), partsOf(conflict)];
  if (parts.flat().every(isChosen)) return key;
  const people = isObject(conflict) ? listIn(conflict['people']) : [];
  const about = parts.map(([session = '', id]) => (id === undefined ? naming.session(session) : naming.seat(session, id, '', people)));
  const isLasting = !parts.some(([session = '', id]) => id !== undefined && naming.isPassing(session, id));
  return `${key.split(':', 1)[0] ?? ''}: ${about.join(', ')}${isLasting ? ` [${key}]` : ''}`;
};

/** The ids in its key: sessions, or sessions with their appearances. */
const partsOf = (conflict: unknown): string[][] => keyOf(conflict).split(':').slice(1).map((id) => id.split('.'));

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const keyOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (isObject(value) && 'key' in value) return String(value['key']);
  return JSON.stringify(value);
};
