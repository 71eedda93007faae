import type { Link } from '../../convening/texts.js';
import type { Agenda, AgendaDay, AgendaSession, AgendaSlot, AgendaTrack } from '../agenda.js';
import { agendaStyle } from './agenda-style.js';
import { changedNote, changedScriptElement } from './changed-note.js';
import { attribute, html, Html, type Part } from '../../http/html.js';
import { pageIcon } from '../../http/plain-page.js';
import {
  aboutSession, clockOf, endOf, groupsOf, headingOf, isRightToLeft, itemsOf, languageNames, organiserOf, placeOf, printing, proofOf, standingOf, zoneOf,
  type Phrase, type PrintedItem, type PrintedSeat, type Printing, type SeatGroup,
} from './printed.js';
import type { Told } from './told.js';

/**
 * The agenda as a page for people, part by part: HTML 5, readable on a phone and printable on A4. It needs nothing but its own
 * bytes; its only style is `agendaStyle` in a `style` element, and its only script, on what is published for the public, tells that it has changed: a content security policy can
 * name both by their hashes.
 */
export function* htmlParts(agenda: Agenda, told?: Told): Generator<string> {
  const printed = printing(agenda, told);
  const { words } = printed;
  const { id, title, start, end } = agenda.convening;
  const isPublic = agenda.version !== null && agenda.audience === 'public';
  const summary = [words.dates(start, end), ...placeOf(printed).map(({ text }) => text)].join(', ');
  yield html`<!DOCTYPE html>
<html lang="${words.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${summary}">
<title>${headingOf(title, id, printed).text} – ${words.agenda}</title>
${pageIcon}<style>${new Html(agendaStyle)}</style>
</head>
<body>
<a class="skip" href="#programme">${words.skip}</a>
${isPublic ? changedNote('agenda.html', `changes?audience=public&after=${agenda.revision}`, words.changed, words.showCurrent) : undefined}${masthead(printed)}
${contents(printed)}
<main id="programme">
`.markup;
  yield* programmeParts(printed);
  yield html`</main>
${colophon(printed)}
${isPublic ? changedScriptElement : undefined}</body>
</html>
`.markup;
}

/** Its days with their sessions, and what has no slot: the middle of the page, for a page that shows more. */
export function* programmeParts(printed: Printing): Generator<string> {
  for (const day of printed.agenda.days) yield* dayParts(day, printed);
  yield* unscheduledParts(printed);
}

/** The whole page. */
export const renderHtml = (agenda: Agenda): string => [...htmlParts(agenda)].join('');

/** `lang` and `dir` where the text is not in the page's language. */
const tongue = ({ language }: Phrase): Html => html`${attribute('lang', language)}${attribute('dir', language && isRightToLeft(language) ? 'rtl' : undefined)}`;

/** Inside a line: set apart, so that no direction in it spreads to its neighbours. */
const inline = (phrase: Phrase): Html => html`<bdi${tongue(phrase)}>${phrase.text}</bdi>`;

const joined = (parts: readonly Html[], between: string): Part => parts.flatMap((part, place) => (place ? [between, part] : [part]));

/** Blank lines make paragraphs. */
const paragraphs = (phrase: Phrase, kind: string): Part =>
  phrase.text.split(/\n\s*\n/).filter((text) => text.trim() !== '').map((text) => html`<p class="${kind}"${tongue(phrase)}>${text.trim()}</p>\n`);

const masthead = (printed: Printing): Html => {
  const { agenda, words, read } = printed;
  const { id, title, subtitle, description, start, end } = agenda.convening;
  const heading = headingOf(title, id, printed);
  const place = placeOf(printed);
  return html`<header>
<p class="when"><time datetime="${start}">${words.dates(start, end)}</time>${place.length ? html` <span class="where">${joined(place.map(inline), ', ')}</span>` : undefined}</p>
<h1${tongue(heading)}>${heading.text}</h1>
${subtitle && paragraphs(read(subtitle), 'subtitle')}${standing(printed)}${phase(printed)}${description && paragraphs(read(description), 'description')}${facts(printed)}</header>`;
};

const facts = (printed: Printing): Html | undefined => {
  const { agenda: { tracks, convening }, words, read } = printed;
  const rows: readonly [label: string, values: readonly Html[]][] = [
    [words.organisedBy, convening.organisers.map((each) => organiserOf(each, printed)).map(({ name, beside }) => organiser(name, beside))],
    [words.spoken, convening.languages.length > 1 ? [html`${languageNames(convening.languages, words).join(', ')}`] : []],
    [words.tracks, tracks.map((track) => html`${trackMark(track)}${inline(read(track.name))}`)],
    [words.documents, convening.links.map((link) => linkOf(link, printed))],
  ];
  const told = rows.filter(([, values]) => values.length > 0);
  if (told.length === 0) return undefined;
  return html`<dl class="facts">
${told.map(([label, values]) => html`<div><dt>${label}</dt>${values.map((value) => html`<dd>${value}</dd>`)}</div>\n`)}</dl>
`;
};

/** Which version it is; a draft says so before anything else is read. */
const standing = (printed: Printing): Html => {
  const { headline, sentence, note } = standingOf(printed);
  const { version, audience } = printed.agenda;
  const readers = audience === 'public' ? '' : ` · ${printed.words.audiences[audience]}`;
  return html`<div class="${version ? 'standing' : 'standing draft'}">
<p><strong>${headline}</strong>${readers} <span class="moment">· ${sentence}</span></p>
${note && paragraphs(note, 'note')}</div>
`;
};

const phase = ({ agenda, words }: Printing): Html | undefined => {
  const { phase: now, attendance } = agenda.convening;
  if (now === 'planned') return undefined;
  if (now === 'cancelled') return html`<p class="phase over">${words.conveningCancelled}</p>\n`;
  const figures = attendance && words.attendance(attendance.participants, attendance.countries);
  return html`<p class="phase">${words.concluded}${figures ? ` ${figures}.` : ''}${attendance?.source ? html` <cite>${words.according(attendance.source)}</cite>` : undefined}</p>\n`;
};

const organiser = (name: Phrase, beside: readonly string[]): Html =>
  html`${inline(name)}${beside.length ? html` (${joined(beside.map((text) => html`<bdi>${text}</bdi>`), ', ')})` : undefined}`;

/** Only http and https are followed, whatever a fact may say. */
const linkOf = ({ title, url }: Link, printed: Printing): Html => {
  const text = inline(headingOf(title, url, printed));
  return /^https?:\/\//i.test(url) ? html`<a href="${url}">${text}</a>` : text;
};

const contents = ({ agenda: { days, unscheduled: later }, words }: Printing): Html =>
  html`<nav aria-label="${words.days}">
<ul>
${days.map(({ date }) => html`<li><a href="#day-${date}">${words.shortDay(date)}</a></li>\n`)}${
  later.length ? html`<li><a href="#unscheduled">${words.unscheduled}</a></li>\n` : undefined}</ul>
</nav>`;

function* dayParts({ date, sessions }: AgendaDay, printed: Printing): Generator<string> {
  yield html`<section aria-labelledby="day-${date}">
<h2 id="day-${date}"><time datetime="${date}">${printed.words.day(date)}</time></h2>
`.markup;
  if (sessions.length === 0) yield html`<p class="nothing">${printed.words.nothingYet}</p>`.markup;
  else {
    yield '<ol class="day">\n';
    for (const group of together(sessions)) yield* slotParts(group, printed);
    yield '</ol>';
  }
  yield '\n</section>\n';
}

/** What begins at the same time stands side by side. */
const together = (sessions: readonly AgendaSession[]): AgendaSession[][] => {
  const groups: AgendaSession[][] = [];
  for (const session of sessions) {
    const last = groups.at(-1);
    if (last && last[0]!.slot!.start === session.slot!.start) last.push(session);
    else groups.push([session]);
  }
  return groups;
};

function* slotParts(sessions: readonly AgendaSession[], printed: Printing): Generator<string> {
  const slot = sessions[0]!.slot!;
  const sameEnd = sessions.every((session) => session.slot!.end === slot.end);
  yield html`<li class="${sessions.every(isPause) ? 'slot pause' : 'slot'}">
<p class="time">${sameEnd ? span(slot, printed) : clock(slot.start)}</p>
<div class="${sessions.length > 1 ? 'side-by-side' : 'alone'}">
`.markup;
  for (const session of sessions) yield sessionOf(session, printed, !sameEnd);
  yield '</div>\n</li>\n';
}

const isPause = ({ kind, appearances, items }: AgendaSession) => (kind === 'break' || kind === 'social') && !appearances.length && !items.length;

const clock = (time: string): Html => html`<time datetime="${time}">${clockOf(time)}</time>`;
const span = (slot: AgendaSlot, printed: Printing): Html => html`${clock(slot.start)}<span class="to">–</span><time datetime="${slot.end}">${endOf(slot, printed)}</time>`;

function* unscheduledParts(printed: Printing): Generator<string> {
  const { unscheduled: sessions } = printed.agenda;
  if (sessions.length === 0) return;
  yield html`<section aria-labelledby="unscheduled">
<h2 id="unscheduled">${printed.words.unscheduled}</h2>
<ul class="day">
`.markup;
  for (const session of sessions) {
    yield '<li class="slot">\n';
    yield sessionOf(session, printed, false);
    yield '</li>\n';
  }
  yield '</ul>\n</section>\n';
}

/** What is told beside a session changes with whom it is told to. */
const sessionOf = (session: AgendaSession, printed: Printing, withTimes: boolean): string =>
  printed.beside ? articleOf(session, printed, withTimes).markup : printed.told(session, withTimes ? 'html with times' : 'html', () => articleOf(session, printed, withTimes).markup);

const articleOf = (session: AgendaSession, printed: Printing, withTimes: boolean): Html => {
  const { read, words } = printed;
  const { id, title, subtitle, abstract, slot, track, cancelled, notes, links } = session;
  const heading = headingOf(title, id, printed);
  const beside = printed.beside?.get(id);
  return html`<article class="${['session', ...(cancelled ? ['cancelled'] : []), ...(beside ? ['changed'] : [])].join(' ')}" id="session-${id}">
${track && trackBar(track)}<h3${tongue(heading)}>${cancelled ? html`<s>${heading.text}</s>` : heading.text}${beside && html` <b class="mark-word">${beside.word}</b>`}</h3>
${beside?.told}${cancelled ? html`<p class="word">${words.cancelled}</p>\n` : undefined}${subtitle && paragraphs(read(subtitle), 'subtitle')}${
  about(session, withTimes && slot ? span(slot, printed) : undefined, printed)}${abstract && paragraphs(read(abstract), 'abstract')}${
  people(groupsOf(session, printed))}${runningOrder(itemsOf(session, printed), printed)}${
  links.length ? html`<ul class="links">\n${links.map((link) => html`<li>${linkOf(link, printed)}</li>\n`)}</ul>\n` : undefined}${
  notes === undefined ? undefined : html`<p class="notes"><strong>${words.notes}${words.colon}</strong> <bdi>${typeof notes === 'string' ? notes : words.notesWithheld}</bdi></p>\n`}</article>
`;
};

const about = (session: AgendaSession, times: Html | undefined, printed: Printing): Html | undefined => {
  const { kind, room, track, languages, audience } = aboutSession(session, printed);
  const line = [
    ...(times ? [html`<li>${times}</li>`] : []),
    ...(kind.text ? [html`<li class="kind">${kind.text}</li>`] : []),
    ...(room.text ? [html`<li class="room">${inline(room)}</li>`] : []),
    ...(session.track ? [html`<li class="track">${trackMark(session.track)}${inline(track)}</li>`] : []),
    ...languages.map((text) => html`<li>${text}</li>`),
    ...(audience ? [html`<li class="audience">${audience}</li>`] : []),
  ];
  return line.length ? html`<ul class="about">${joined(line, ' ')}</ul>\n` : undefined;
};

const colourOf = ({ colour }: AgendaTrack): string | undefined => (colour && /^#[0-9a-f]{6}$/i.test(colour) ? colour : undefined);

// Colours are presentation attributes, which a policy without inline styles allows and which print. They only decorate: the name stands beside.
const trackMark = (track: AgendaTrack): Html | undefined =>
  colourOf(track) === undefined ? undefined : html`<svg class="mark" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="5" fill="${colourOf(track)}"/></svg> `;
const trackBar = (track: AgendaTrack): Html | undefined =>
  colourOf(track) === undefined ? undefined : html`<svg class="bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true"><rect width="1" height="1" fill="${colourOf(track)}"/></svg>\n`;

const people = (groups: readonly SeatGroup[]): Html | undefined =>
  groups.length === 0
    ? undefined
    : html`<dl class="people">
${groups.map(({ label, seats }) => html`<div><dt${tongue(label)}>${label.text}</dt>${seats.map((each) => html`<dd>${seat(each)}</dd>`)}</div>\n`)}</dl>
`;

const seat = ({ name, details, represents, remarks, gone }: PrintedSeat): Html => {
  const who = name === undefined ? undefined : html`<b class="name"><bdi>${name}</bdi></b>`;
  const told = [
    ...(who ? [gone ? html`<s>${who}</s>` : who] : []),
    ...(details.length ? [html`<span class="details">${joined(details.map(inline), ', ')}</span>`] : []),
    ...(represents ? [html`<span class="details">${inline(represents)}</span>`] : []),
    ...remarks.map((text) => html`<i class="remark">${text}</i>`),
  ];
  return html`${joined(told, ' ')}`;
};

const runningOrder = (items: readonly PrintedItem[], { words }: Printing): Html | undefined =>
  items.length === 0
    ? undefined
    : html`<ol class="items">
${items.map(
  ({ title, minutes, role, seat: who }) =>
    html`<li><span class="step">${inline(title)}${minutes === undefined ? undefined : html` <span class="minutes">${words.minutes(minutes)}</span>`}</span>${
      who && html` <span class="by">${role && html`<span class="role">${inline(role)}</span> `}${seat(who)}</span>`}</li>\n`,
)}</ol>
`;

/** Where a version ends in the log; nothing of a draft. */
export const proofLine = (label: string, proof: string | undefined, { colon }: Printing['words']): Html | undefined =>
  proof === undefined ? undefined : html`<p class="proof">${label}${colon} <code>${proof}</code></p>\n`;

const colophon = (printed: Printing): Html => {
  const { words, agenda } = printed;
  const { headline, sentence } = standingOf(printed);
  return html`<footer>
<p>${words.timesIn(...zoneOf(agenda))}</p>
<p>${headline}. ${sentence}</p>
${proofLine(words.proof, proofOf(agenda), words)}</footer>`;
};
