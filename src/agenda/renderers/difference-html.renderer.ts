import type { Agenda } from '../agenda.js';
import type { Difference } from '../difference.js';
import { agendaStyle } from './agenda-style.js';
import { printedDifference, type PrintedChange, type PrintedDifference, type PrintedList, type PrintedSession } from './difference-printed.js';
import { differenceStyle } from './difference-style.js';
import { attribute, html, Html } from '../../http/html.js';
import { pageIcon } from '../../http/plain-page.js';
import { proofLine } from './html.renderer.js';
import { isRightToLeft, proofOf, zoneOf, type Phrase } from './printed.js';

/** A difference as a page for people, part by part: before and after beside each other, also on a phone. No script, and its own bytes are all it needs. */
export function* differenceHtmlParts(difference: Difference, from: Agenda, to: Agenda): Generator<string> {
  const printed = printedDifference(difference, from, to);
  const { words, title, sides, summary, sessions } = printed;
  const said = words.difference;
  const isSessions = difference.sessions.length > 0;
  const isNothing = !isSessions && [printed.details, printed.rooms.parts, printed.tracks.parts].every((each) => each.length === 0) && !printed.rooms.order && !printed.tracks.order;
  yield html`<!DOCTYPE html>
<html lang="${words.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${said.heading} – ${title.text}</title>
${pageIcon}<style>${new Html(agendaStyle + differenceStyle)}</style>
</head>
<body class="difference">
<a class="skip" href="#changes">${words.skip}</a>
<header>
<p class="when">${inline(title)}</p>
<h1>${said.heading}</h1>
<dl class="sides"><div><dt>${said.before}</dt><dd>${sides[0]}</dd></div><div><dt>${said.after}</dt><dd>${sides[1]}</dd></div></dl>
${summary.length ? html`<ul class="summary" aria-label="${said.summary}">\n${summary.map(([word, count]) => html`<li><b>${word}</b> ${count}</li>\n`)}</ul>\n` : undefined}</header>
<main id="changes">
${isNothing ? html`<p class="nothing">${said.none}</p>\n` : undefined}`.markup;
  yield section('meeting', said.meeting, table(printed.details, printed)).markup;
  yield section('rooms', said.rooms, list(printed.rooms, 'h3', printed)).markup;
  yield section('tracks', words.tracks, list(printed.tracks, 'h3', printed)).markup;
  if (isSessions) yield html`<section aria-labelledby="sessions">\n<h2 id="sessions">${said.sessions}</h2>\n`.markup;
  for (const session of sessions) yield sessionOf(session, printed).markup;
  if (isSessions) yield '</section>\n';
  yield html`</main>
<footer>
<p>${words.timesIn(...zoneOf(to))}</p>
${proofLine(`${words.proof}, ${said.before}`, proofOf(from), words)}${proofLine(`${words.proof}, ${said.after}`, proofOf(to), words)}</footer>
</body>
</html>
`.markup;
}

const tongue = ({ language }: Phrase): Html => html`${attribute('lang', language)}${attribute('dir', language && isRightToLeft(language) ? 'rtl' : undefined)}`;
const inline = (phrase: Phrase): Html => html`<bdi${tongue(phrase)}>${phrase.text}</bdi>`;

const section = (id: string, heading: string, content: Html | undefined): Html =>
  content ? html`<section aria-labelledby="${id}">\n<h2 id="${id}">${heading}</h2>\n${content}</section>\n` : html``;

// The roles are those that the elements have: a style that lays them out otherwise on a phone would take them away.
const table = (changes: readonly PrintedChange[], { words: { difference: said } }: PrintedDifference): Html | undefined =>
  changes.length === 0
    ? undefined
    : html`<table role="table">
<colgroup><col class="field"><col><col></colgroup>
<thead role="rowgroup"><tr role="row"><td role="cell"></td><th role="columnheader" scope="col">${said.before}</th><th role="columnheader" scope="col">${said.after}</th></tr></thead>
<tbody role="rowgroup">
${changes.map(({ label, from, to }) => html`<tr role="row"><th role="rowheader" scope="row">${label}</th><td role="cell" class="from">${inline(from)}</td><td role="cell" class="to">${inline(to)}</td></tr>\n`)}</tbody>
</table>
`;

/** `heading`: the level below what the list stands under. */
const list = ({ parts, order }: PrintedList, heading: 'h3' | 'h4', printed: PrintedDifference): Html | undefined =>
  parts.length === 0 && !order
    ? undefined
    : html`${parts.map(
        ({ name, is, changes }) => html`<div class="part ${is}">\n${new Html(`<${heading}>`)}${inline(name)} <span class="word">${printed.words.difference.parts[is]}</span>${new Html(`</${heading}>`)}\n${table(changes, printed)}</div>\n`,
      )}${order ? table([order], printed) : undefined}`;

const sessionOf = ({ id, name, is, changes, items, people }: PrintedSession, printed: PrintedDifference): Html => {
  const { words } = printed;
  const [steps, seats] = [list(items, 'h4', printed), list(people, 'h4', printed)];
  return html`<article class="change" id="session-${id}">
<h3${tongue(name)}>${name.text}</h3>
<p class="kinds">${is.map((word) => html`<span>${word}</span> `)}</p>
${table(changes, printed)}${steps && html`<p class="of">${words.difference.items}</p>\n${steps}`}${seats && html`<p class="of">${words.difference.people}</p>\n${seats}`}</article>
`;
};
