import type { ProgrammeChanged } from '../convening/programme-document.queries.js';

type Change = ProgrammeChanged['changes'][number]['changes'][number];

/** Colours a text, or leaves it as it is where nobody sees colours. */
export type Colouring = (colour: 'green' | 'red' | 'yellow' | 'bold', text: string) => string;

const codes = { green: 32, red: 31, yellow: 33, bold: 1 } as const;
/** As terminals have it (ECMA-48, SGR). */
export const inColours: Colouring = (colour, text) => `\u001b[${codes[colour]}m${text}\u001b[0m`;
export const plainly: Colouring = (_, text) => text;

const signs: Readonly<Record<Change['kind'], readonly [string, Parameters<Colouring>[0]]>> = {
  added: ['+', 'green'], reinstated: ['+', 'green'], removed: ['-', 'red'], cancelled: ['-', 'red'],
  changed: ['~', 'yellow'], moved: ['~', 'yellow'], reordered: ['~', 'yellow'], recorded: ['~', 'yellow'], asked: ['!', 'yellow'], published: ['!', 'yellow'],
};
/** What the sign before it does not say. */
const spoken: Partial<Readonly<Record<Change['kind'], string>>> = { reinstated: ' takes place again', cancelled: ' cancelled', reordered: ' in another order', asked: ' to be given anew', published: ' published' };

/** What changed, or would, in lines for people: session by session, each change with how it was and is. */
export const linesOf = ({ changes, revision, dryRun }: ProgrammeChanged, colour: Colouring): string[] => {
  const count = changes.reduce((sum, group) => sum + group.changes.length, 0);
  const groups = changes.flatMap(({ session, changes: all }) => [colour('bold', session === undefined ? 'programme' : `session ${session}`), ...all.flatMap((change) => linesOfChange(change, colour))]);
  const many = count === 1 ? '1 change' : `${count} changes`;
  const end = dryRun ? `${count === 0 ? 'Nothing would change' : `${many} would be made`}; nothing was written. It is at r${revision}.` : count === 0 ? `Nothing to change: it is so already, at r${revision}.` : `${many}: it is at r${revision} now.`;
  return [...groups, end];
};

const linesOfChange = ({ kind, what, from, to }: Change, colour: Colouring): string[] => {
  const [sign, shade] = signs[kind];
  const line = (text: string) => colour(shade, `  ${sign} ${text}`);
  const said = `${what}${spoken[kind] ?? ''}`;
  if (kind === 'added' || kind === 'removed') return [line([said, briefly(kind === 'added' ? to : from)].filter(Boolean).join(': '))];
  if (kind === 'reordered') return [line(`${said}: ${reordered(asList(from), asList(to))}`)];
  if (isSlot(from) && isSlot(to)) return [line(`${said}: ${briefly(from)} → ${briefly(to)}`)];
  if (!isObject(from) && !isObject(to)) {
    const told = from === undefined ? briefly(to) : arrow(from, to);
    return [line(told === '' ? said : `${said}: ${told}`)];
  }
  const fields = differing(from, to);
  // Of a session's or a room's fields the change names each; of a thing it names the thing.
  const isFieldsOnly = kind === 'changed' && fields.every(([name]) => what.split(', ').includes(name.split('.')[0] ?? ''));
  return fields.map(([name, was, is]) => line(`${isFieldsOnly ? name : [said, name].filter(Boolean).join(' ')}: ${arrow(was, is)}`));
};

const arrow = (from: unknown, to: unknown) => `${from === undefined ? 'none' : briefly(from)} → ${to === undefined ? 'none' : briefly(to)}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSlot = (value: unknown): value is { readonly start: string; readonly end: string; readonly room?: string } => isObject(value) && typeof value['start'] === 'string' && typeof value['end'] === 'string';
// Cast: lists in changes of order are lists of ids.
const asList = (value: unknown) => (Array.isArray(value) ? (value as string[]) : []);

/** The values that differ, by their names: `title.en`. What is null is none. */
const differing = (from: unknown, to: unknown, name = ''): (readonly [string, unknown, unknown])[] => {
  const [was, is] = [from ?? undefined, to ?? undefined];
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  if (!(isObject(was) || isObject(is)) || isSlot(was) || isSlot(is)) return [[name, was, is]];
  const [before, after] = [isObject(was) ? was : {}, isObject(is) ? is : {}];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => differing(before[field], after[field], name === '' ? field : `${name}.${field}`));
};

const longest = 100;
/** A value in a few words: what a thing is called, or what it holds. */
const briefly = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return cut(`“${value.replaceAll(/\s+/g, ' ')}”`);
  if (isSlot(value)) return slotBriefly(value);
  if (!isObject(value)) return cut(JSON.stringify(value));
  const { title, name, role, credit, minutes, withheld } = value;
  if (withheld === true) return 'withheld';
  const known = [
    typeof role === 'string' ? role : '', typeof value['kind'] === 'string' && title !== undefined ? value['kind'] : '', inWords(name), inWords(title), credit === undefined ? '' : briefly(credit), value['office'] === undefined ? '' : briefly(value['office']),
    typeof minutes === 'number' ? `${minutes} min` : '',
  ].filter(Boolean);
  return known.length > 0 ? cut(known.join(', ')) : inWords(value) || inWords(value['position']) || inWords(value['organisation']) || cut(JSON.stringify(value));
};

/** A text by language, in the first that it has. */
const inWords = (text: unknown): string => {
  if (typeof text === 'string') return cut(`“${text}”`);
  const texts = isObject(text) ? Object.entries(text) : [];
  const [first] = texts;
  return first && texts.every(([language, each]) => /^[a-z]{2,3}(-|$)/.test(language) && typeof each === 'string') ? cut(`“${String(first[1]).replaceAll(/\s+/g, ' ')}”`) : '';
};

const slotBriefly = ({ start, end, room }: { readonly start: string; readonly end: string; readonly room?: string }): string => {
  const to = end.slice(0, 10) === start.slice(0, 10) ? end.slice(11, 16) : `${end.slice(0, 10)} ${end.slice(11, 16)}`;
  return `${start.slice(0, 10)} ${start.slice(11, 16)}–${to}${room === undefined ? '' : `, ${room}`}`;
};

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const mostIds = 12;
/** The part of an order that is another. */
const reordered = (from: readonly string[], to: readonly string[]): string => {
  const first = from.findIndex((id, index) => to[index] !== id);
  const rest = from.length - from.findLastIndex((id, index) => to[index + to.length - from.length] !== id) - 1;
  const part = (ids: readonly string[]) => {
    const own = ids.slice(Math.max(first, 0), ids.length - rest);
    return own.length > mostIds ? `${own.slice(0, mostIds).join(', ')}, … (${own.length})` : own.join(', ');
  };
  return `${part(from)} → ${part(to)}`;
};
