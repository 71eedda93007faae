import type { Link } from '../../convening/texts.js';
import type { Agenda, AgendaDay, AgendaSession } from '../agenda.js';
import { inLine, inParagraphs, linked } from './markdown.js';
import {
  aboutSession, clockOf, endOf, groupsOf, headingOf, itemsOf, languageNames, organiserOf, placeOf, printing, proofOf, standingOf, zoneOf,
  type Phrase, type PrintedItem, type PrintedSeat, type Printing,
} from './printed.js';
import type { Told } from './told.js';

/**
 * The agenda as Markdown (CommonMark) that reads well as plain text too, part by part. All that organisers wrote is text in it:
 * no markup, no HTML.
 */
export function* markdownParts(agenda: Agenda, told?: Told): Generator<string> {
  const printed = printing(agenda, told);
  yield head(printed).join('\n\n');
  for (const day of agenda.days) yield* apart(dayIn(day, printed));
  yield* apart(unscheduled(printed));
  yield `\n\n---\n\n${inLine(printed.words.timesIn(...zoneOf(agenda)))}\n`;
  const proof = proofOf(agenda);
  if (proof !== undefined) yield `\n${printed.words.proof}${printed.words.colon} ${inLine(proof)}\n`;
}

/** Blocks with an empty line before each. */
function* apart(blocks: Iterable<string>): Generator<string> {
  for (const block of blocks) {
    yield '\n\n';
    yield block;
  }
}

/** The whole text. */
export const renderMarkdown = (agenda: Agenda): string => [...markdownParts(agenda)].join('');

const line = ({ text }: Phrase): string => inLine(text);
const lines = (phrase: Phrase | undefined): string[] => (phrase ? inParagraphs(phrase.text) : []);
/** Of some text; nothing of none. */
const list = (entries: readonly string[]): string[] => (entries.length ? [entries.join('\n')] : []);

const head = (printed: Printing): string[] => {
  const { agenda, words, read } = printed;
  const { id, title, subtitle, description, start, end, organisers, links, languages } = agenda.convening;
  return [
    `# ${line(headingOf(title, id, printed))}`,
    ...lines(subtitle && read(subtitle)),
    [words.dates(start, end), ...placeOf(printed).map(line)].join(', '),
    ...standing(printed),
    ...phase(printed),
    ...lines(description && read(description)),
    ...list([
      ...labelled(words.organisedBy, organisers.map((each) => organiserOf(each, printed)).map(({ name, beside }) => organiser(name, beside)), words.colon),
      ...labelled(words.spoken, languages.length > 1 ? [languageNames(languages, words).map(inLine).join(', ')] : [], words.colon),
      ...labelled(words.tracks, agenda.tracks.map(({ name }) => line(read(name))), words.colon),
      ...labelled(words.documents, links.map((link) => linkIn(link, printed)), words.colon),
    ]),
  ];
};

const labelled = (label: string, values: readonly string[], colon: string): string[] => (values.length ? [`- ${label}${colon} ${values.join('; ')}`] : []);

const standing = (printed: Printing): string[] => {
  const { headline, sentence, note } = standingOf(printed);
  const { audience } = printed.agenda;
  const readers = audience === 'public' ? [] : [printed.words.audiences[audience]];
  return [[[`**${inLine(headline)}**`, ...readers, inLine(sentence)].join(' · '), ...lines(note)].map((paragraph) => `> ${paragraph}`).join('\n>\n')];
};

const phase = ({ agenda, words }: Printing): string[] => {
  const { phase: now, attendance } = agenda.convening;
  if (now === 'planned') return [];
  if (now === 'cancelled') return [`**${words.conveningCancelled}**`];
  const figures = attendance && words.attendance(attendance.participants, attendance.countries);
  return [[words.concluded, ...(figures ? [`${figures}.`] : []), ...(attendance?.source ? [inLine(words.according(attendance.source))] : [])].join(' ')];
};

const organiser = (name: Phrase, beside: readonly string[]): string => `${line(name)}${beside.length ? ` (${beside.map(inLine).join(', ')})` : ''}`;

const linkIn = ({ title, url }: Link, printed: Printing): string => linked(headingOf(title, url, printed).text, url);

function* dayIn({ date, sessions }: AgendaDay, printed: Printing): Generator<string> {
  yield `## ${printed.words.day(date)}`;
  if (sessions.length === 0) yield printed.words.nothingYet;
  for (const session of sessions) yield printed.told(session, 'md', () => sessionIn(session, printed).join('\n\n'));
}

function* unscheduled(printed: Printing): Generator<string> {
  const { unscheduled: sessions } = printed.agenda;
  if (sessions.length > 0) yield `## ${printed.words.unscheduled}`;
  for (const session of sessions) yield printed.told(session, 'md', () => sessionIn(session, printed).join('\n\n'));
}

const sessionIn = (session: AgendaSession, printed: Printing): string[] => {
  const { read, words } = printed;
  const { id, title, subtitle, abstract, slot, cancelled, links, notes } = session;
  const name = line(headingOf(title, id, printed));
  const heading = cancelled ? `~~${name}~~ (${words.cancelled})` : name;
  const { kind, room, track, languages, audience } = aboutSession(session, printed);
  const about = [...[kind, room, track].map(line), ...languages.map(inLine), audience].filter((text) => text !== '');
  return [
    `### ${slot ? `${clockOf(slot.start)}–${endOf(slot, printed)} ` : ''}${heading}`,
    ...(about.length ? [about.join(' · ')] : []),
    ...lines(subtitle && read(subtitle)),
    ...lines(abstract && read(abstract)),
    ...list(groupsOf(session, printed).flatMap(({ each, seats }) => seats.map((seat) => `- ${line(each)}${words.colon} ${seatIn(seat)}`))),
    ...list(itemsOf(session, printed).map((item, place) => `${place + 1}. ${itemIn(item, printed)}`)),
    ...list(links.map((link) => `- ${linkIn(link, printed)}`)),
    ...(notes === undefined ? [] : [`> ${words.notes}${words.colon} ${typeof notes === 'string' ? inLine(notes) : words.notesWithheld}`]),
  ];
};

const seatIn = ({ name, details, represents, remarks, gone }: PrintedSeat): string => {
  const who = name === undefined ? [] : [gone ? `~~${inLine(name)}~~` : `**${inLine(name)}**`];
  const told = [...who, ...details.map(line), ...(represents ? [line(represents)] : [])].join(', ');
  return [...(told ? [told] : []), ...remarks.map((text) => `*${text}*`)].join(' – ');
};

const itemIn = ({ title, minutes, role, seat }: PrintedItem, { words }: Printing): string => {
  const step = `${line(title)}${minutes === undefined ? '' : ` (${words.minutes(minutes)})`}`;
  return seat ? `${step} – ${role ? `${line(role)}${words.colon} ` : ''}${seatIn(seat)}` : step;
};
