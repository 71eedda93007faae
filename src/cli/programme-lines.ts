import type { ProgrammeChanged } from '../convening/programme-document.queries.js';
import { uuidPattern } from '../http/fields.js';

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

/** What changed, or would, in lines for people: session by session, each change with how it was and is. `notes`: what did not change, though the document may seem to say so. */
export const linesOf = ({ changes, conflicts, revision, dryRun }: ProgrammeChanged, notes: readonly string[], colour: Colouring): string[] => {
  const planned = changes.flatMap((group) => (group.session !== undefined && group.changes.some(({ kind, what }) => kind === 'added' && what === 'session') ? [group.session] : []));
  const groups = changes.map(({ session, changes: all }) => {
    const added = new Set([...planned.map((id) => `session ${id}`), ...all.flatMap(({ kind, what }) => (kind === 'added' ? [what] : []))]);
    return { session, lines: all.flatMap((change) => linesOfChange(change, added, colour)) };
  }).filter(({ lines }) => lines.length > 0);
  const count = groups.reduce((sum, { lines }) => sum + lines.length, 0);
  const told = groups.flatMap(({ session, lines }) => [colour('bold', session === undefined ? 'programme' : `session ${session}`), ...lines]);
  const many = count === 1 ? '1 change' : `${count} changes`;
  const end = dryRun ? `${count === 0 ? 'Nothing would change' : `${many} would be made`}; nothing was written. It is at r${revision}.` : count === 0 ? `Nothing to change: it is so already, at r${revision}.` : `${many}: it is at r${revision} now.`;
  return [...told, ...linesOfConflicts(conflicts, dryRun === true, colour), ...notes.map((note) => colour('yellow', `! ${note}`)), end];
};

type Conflict = ProgrammeChanged['conflicts']['new'][number];
const mostOfARule = 5;

/** What it is about. A seat whose id nobody chose is called by what is printed of it. */
const aboutIn = ({ key, rule, seats }: Conflict): string => {
  const called = new Map(seats.map(({ session, id, ...seat }) => [`${session}.${id}`, isChosen(id) ? `${session}.${id}` : `${session} (${briefly(seat)})`]));
  const ids = key.split(':').slice(1).map((id) => called.get(id) ?? id);
  return [rule, ids.join(', ')].filter(Boolean).join(': ');
};

/** Whether somebody chose the id: one that was made says nothing to people. */
export const isChosen = (id: string) => !uuidPattern.test(id);

/** The conflicts that come about and end: of each rule some, and how many more there are. */
const linesOfConflicts = ({ new: risen, ended }: ProgrammeChanged['conflicts'], isDry: boolean, colour: Colouring): string[] => {
  const listed = (conflicts: readonly Conflict[], sign: string, shade: Parameters<Colouring>[0], more: (conflict: Conflict) => string) =>
    [...new Set(conflicts.map(({ rule }) => rule))].flatMap((rule) => {
      const all = conflicts.filter((conflict) => conflict.rule === rule);
      const [some, left] = [all.slice(0, mostOfARule), all.length - mostOfARule];
      return [...some.map((conflict) => `${aboutIn(conflict)}${more(conflict)}`), ...(left > 0 ? [`${rule}: ${left} more`] : [])].map((line) => colour(shade, `  ${sign} ${line}`));
    });
  return [
    ...(risen.length > 0 ? [colour('bold', isDry ? 'conflicts that would come about' : 'conflicts that came about')] : []), ...listed(risen, '!', 'red', ({ accepted, holds }) => (accepted ? ' (accepted)' : holds ? ' (holds publication)' : '')),
    ...(ended.length > 0 ? [colour('bold', isDry ? 'conflicts that would end' : 'conflicts that ended')] : []), ...listed(ended, '-', 'green', () => ''),
  ];
};

/** `added`: what came in the same change, as `session opening` or `room simba`. */
const linesOfChange = ({ kind, what, from, to }: Change, added: ReadonlySet<string>, colour: Colouring): string[] => {
  const [sign, shade] = signs[kind];
  const line = (text: string) => colour(shade, `  ${sign} ${text}`);
  const said = `${what}${spoken[kind] ?? ''}`;
  if (kind === 'added' || kind === 'removed') return [line([said, briefly(kind === 'added' ? to : from)].filter(Boolean).join(': '))];
  if (kind === 'reordered') {
    const moved = movedIn(asList(from), asList(to).filter((id) => !added.has(`${what.slice(0, -1)} ${id}`)));
    return moved.length > 0 ? [line(`${said}: ${listed(moved, mostMoved)}`)] : [];
  }
  if (isSlot(from) && isSlot(to)) return [line(`${said}: ${slotsBriefly(from, to).join(' → ')}`)];
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

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSlot = (value: unknown): value is Times => isObject(value) && typeof value['start'] === 'string' && typeof value['end'] === 'string';
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
export const briefly = (value: unknown): string => {
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

type Times = { readonly start: string; readonly end: string; readonly room?: string };

/** By the clock on the wall; with offsets where that would not tell the two hours of a night apart when clocks are put back. */
const slotBriefly = ({ start, end, room }: Times, isExact = start.slice(16) !== end.slice(16)): string => {
  const last = isExact ? undefined : 16;
  const to = end.slice(0, 10) === start.slice(0, 10) ? end.slice(11, last) : `${end.slice(0, 10)} ${end.slice(11, last)}`;
  return `${start.slice(0, 10)} ${start.slice(11, last)}–${to}${room === undefined ? '' : `, ${room}`}`;
};

const slotsBriefly = (from: Times, to: Times): string[] => {
  const [was, is] = [slotBriefly(from), slotBriefly(to)];
  return was === is ? [slotBriefly(from, true), slotBriefly(to, true)] : [was, is];
};

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

const mostMoved = 12;
const listed = (all: readonly string[], most: number) => (all.length > most ? `${all.slice(0, most).join(', ')} and ${all.length - most} more` : all.join(', '));

/** What stands elsewhere among what both lists have, each with what it follows: the fewest whose moves explain the other order. */
const movedIn = (from: readonly string[], to: readonly string[]): string[] => {
  const places = new Map(from.map((id, place) => [id, place]));
  const kept = to.filter((id) => places.has(id));
  const still = longestRising(kept.map((id) => places.get(id) ?? 0));
  return kept.flatMap((id, index) => (still.has(index) ? [] : [index === 0 ? `${id} first` : `${id} after ${kept[index - 1] ?? ''}`]));
};

/** Which of these numbers, by their places, are the most that rise from each to the next. */
const longestRising = (numbers: readonly number[]): ReadonlySet<number> => {
  const [lengths, before]: [number[], number[]] = [[], []];
  for (const [index, number] of numbers.entries()) {
    let best = -1;
    for (let other = 0; other < index; other++) if ((numbers[other] ?? 0) < number && (lengths[other] ?? 0) > (lengths[best] ?? 0)) best = other;
    lengths.push((lengths[best] ?? 0) + 1);
    before.push(best);
  }
  const rising = new Set<number>();
  for (let at = lengths.indexOf(Math.max(...lengths)); at >= 0; at = before[at] ?? -1) rising.add(at);
  return rising;
};
