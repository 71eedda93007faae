import { Temporal } from 'temporal-polyfill';
import type { Agenda } from '../../agenda/agenda.js';
import { changedNote } from '../../agenda/renderers/changed-note.js';
import { attribute, html, Html, type Part } from '../../agenda/renderers/html.js';
import { programmeParts, proofLine } from '../../agenda/renderers/html.renderer.js';
import { printing, proofOf } from '../../agenda/renderers/printed.js';
import { entryOf } from './entries.js';
import type { FoundChanges } from './history-page.js';
import { pagesOf } from './history-page.js';
import { pageOf, type Addresses } from './page.js';
import { changeOf, changesOf } from './told-changes.js';
import { momentIn, sentenceOf, type Telling } from './telling.js';
import { timelineScript } from './timeline-script.js';

/** A day with facts. */
export interface BusyDay {
  /** Local date. */
  readonly date: string;
  readonly facts: number;
  /** The revision of its last fact. */
  readonly last: number;
}

/** A moment worth finding: a publication, or the end of a busy day. */
export interface Mark {
  readonly revision: number;
  /** Of a publication. */
  readonly label?: string;
  readonly at?: string;
  /** Of a busy day. */
  readonly date?: string;
  readonly facts?: number;
}

/** A moment of a convening, with what stood then and what had changed. */
export interface Moment {
  readonly agenda: Agenda;
  /** Days with facts, the first first. */
  readonly days: readonly BusyDay[];
  /** In the order of time: publications, and busy days by their last fact. */
  readonly marks: readonly Mark[];
  /** The mark before the moment; missing: there is none. */
  readonly previous?: Mark;
  /** What changed since the mark before. */
  readonly changes: FoundChanges;
  /** The last revision of all. */
  readonly end: number;
}

const dayLength = 86_400_000;
/** So many sentences are told beside one session. */
const mostBeside = 8;

const markName = (mark: Mark, { sentences: { page }, sentences, words, zone }: Telling): string => {
  if (mark.label !== undefined) return `${page.published(mark.label)}, ${momentIn(mark.at!, { sentences, words, zone })}`;
  return `${words.date(mark.date!)}, ${page.changes(mark.facts!)}`;
};

/** How busy each day was, and when something was published: a picture of what the list of marks says. */
const picture = ({ days, marks, agenda, changes: { telling } }: Moment, first: number, length: number): Html => {
  const place = (date: string) => (((Date.parse(date) - first) / dayLength) * 1_000) / length;
  const most = Math.max(1, ...days.map(({ facts }) => facts));
  const wide = Math.max(3, 700 / length);
  const dateOf = (instant: string) => localDay(instant, telling);
  return html`<svg viewBox="0 0 1000 60" preserveAspectRatio="none" aria-hidden="true">
<g class="bars">${days.map(({ date, facts }) => {
    const high = Math.max(2, Math.round(Math.sqrt(facts / most) * 46));
    return html`<rect x="${place(date).toFixed(1)}" y="${60 - high}" width="${wide.toFixed(1)}" height="${high}"/>`;
  })}</g>
<g class="publications">${marks.filter(({ label }) => label !== undefined).map(({ at }) => html`<rect x="${place(dateOf(at!)).toFixed(1)}" y="0" width="5" height="60"/>`)}</g>
<line id="now-line" class="now" x1="${place(dateOf(agenda.at)).toFixed(1)}" x2="${place(dateOf(agenda.at)).toFixed(1)}" y1="0" y2="60" stroke-width="3"/>
</svg>
`;
};

const localDay = (instant: string, { zone }: Telling): string => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

const slider = (moment: Moment, addresses: Addresses, lang: string | undefined): Html => {
  const { days, agenda, changes: { telling } } = moment;
  const { page } = telling.sentences;
  const now = localDay(agenda.at, telling);
  const first = days[0]?.date ?? now;
  const length = Math.max(1, (Date.parse(days.at(-1)?.date ?? now) - Date.parse(first)) / dayLength);
  return html`<form id="slide" action="${addresses.timeline!()}" method="get" data-first="${first}">
<div class="slide">
<label class="wide" for="day">${page.timeline}</label>
<div class="track">
${picture(moment, Date.parse(first), length)}<input type="range" id="day" name="day" min="0" max="${length}" step="1" value="${(Date.parse(now) - Date.parse(first)) / dayLength}" aria-describedby="slide-help">
</div>
<output id="told-day" for="day">${telling.words.day(now)}</output>
${lang === undefined ? undefined : html`<input type="hidden" name="lang" value="${lang}">`}<button id="show">${page.show}</button>
</div>
<p id="slide-help" class="moment">${page.timelineHelp}</p>
</form>
<p id="status" class="unseen" role="status">${page.asItStood(...partsOf(agenda.at, telling), agenda.revision)}</p>
`;
};

const partsOf = (instant: string, telling: Telling): [date: string, time: string] => {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(telling.zone);
  return [telling.words.date(local.toPlainDate().toString()), local.toPlainTime().toString({ smallestUnit: 'minute' })];
};

const marksNav = ({ marks, agenda: { revision }, end, changes: { telling } }: Moment, addresses: Addresses, lang: string | undefined): Html => {
  const { page } = telling.sentences;
  const to = (at: number) => addresses.timeline!({ asOf: `rev:${at}`, lang });
  const [before, after] = [marks.findLast((mark) => mark.revision < revision), marks.find((mark) => mark.revision > revision)];
  const step = (id: string, rel: string, mark: number | undefined, text: string) => (mark === undefined ? undefined : html`<a id="${id}" rel="${rel}" data-moment href="${to(mark)}">${text}</a> `);
  return html`<p class="around">${step('older', 'prev', before?.revision, `← ${before ? markName(before, telling) : ''}`)}${step('newer', 'next', after?.revision, `${after ? markName(after, telling) : ''} →`)}${
    revision === end ? undefined : html`<a data-moment href="${addresses.timeline!({ lang })}">${page.latest}</a>`}</p>
<details><summary>${page.marks}</summary>
<ul class="marks">
${marks.map((mark) => html`<li><a data-moment href="${to(mark.revision)}"${mark.revision === revision ? attribute('aria-current', 'true') : undefined}>${mark.label === undefined ? markName(mark, telling) : html`<strong>${markName(mark, telling)}</strong>`}</a></li>\n`)}</ul>
</details>
`;
};

/** What changed of each session since the mark before, by whom and why. */
const besideSessions = ({ groups, telling }: FoundChanges): Map<string, { word: string; told: Html }> => {
  const sentences = new Map<string, Html[]>();
  for (const group of groups.toReversed()) {
    const { actor, reason } = entryOf({ ...group, facts: group.facts.slice(0, 1) }, telling);
    const why = typeof reason === 'string' ? reason : undefined;
    for (const fact of group.facts) for (const id of Object.keys(fact.about.session ?? {})) sentences.set(id, [...(sentences.get(id) ?? []), html`<li>${telling.sentences.by(sentenceOf(fact, telling), actor.name, why)}</li>\n`]);
  }
  const { page } = telling.sentences;
  return new Map([...sentences].map(([id, all]) => [id, { word: page.changed, told: html`<ul class="whatchanged">\n${all.slice(-mostBeside)}</ul>\n` }]));
};

/** The past of a convening at one moment: a slider over its time, what changed since the mark before, and the agenda as it stood, part by part. */
export function* timelineParts(moment: Moment, addresses: Addresses, lang: string | undefined, leave?: Html): Generator<string> {
  const { agenda, previous, changes } = moment;
  const { telling, groups } = changes;
  const { sentences: { page }, sentences, read } = telling;
  const title = read(agenda.convening.title);
  const since = previous ? page.sinceMark(markName(previous, telling)) : page.sinceBeginning;
  const told: Part = changesOf(groups.map((group) => changeOf(entryOf(group, telling), group.facts, telling, addresses)), page.nothingChanged);
  const link = addresses.timeline!({ asOf: `rev:${agenda.revision}`, lang });
  // The first are told; more than that is read in the history.
  const rest = changes.newer !== undefined && changes.newer < agenda.revision ? changes.newer : undefined;
  const seam = '\u0000';
  const [before = '', after = ''] = pageOf(sentences, {
    title: `${page.timeline} – ${title}`,
    isWide: true,
    script: timelineScript,
    changed: changedNote('timeline.html', `changes?after=${moment.end}`, page.moreHappened, page.showNow),
    body: html`<a class="skip" href="#then">${page.skip}</a>
<header>
<p class="when">${page.title}</p>
<h1>${title}</h1>
</header>
${pagesOf('timeline', telling, addresses, lang === undefined ? {} : { lang })}<main>
${slider(moment, addresses, lang)}<div id="then">
${marksNav(moment, addresses, lang)}<div class="standing">
<p><strong>${page.asItStood(...partsOf(agenda.at, telling), agenda.revision)}</strong></p>
<p class="moment"><a href="${link}">${page.link}</a>. ${page.linkHelp}</p>
${proofLine(telling.words.proof, proofOf(agenda), telling.words)}</div>
<div class="then">
<section aria-labelledby="changes">
<h2 id="changes">${since}</h2>
${told}${rest === undefined ? undefined : html`<p><a href="${addresses.page({ after: rest, lang })}">${page.newer}</a></p>\n`}</section>
<section aria-labelledby="agenda">
<h2 id="agenda">${page.agendaThen}</h2>
${new Html(seam)}</section>
</div>
</div>
</main>
${leave && html`<footer>${leave}</footer>\n`}`,
  }).split(seam);
  yield before;
  yield* programmeParts({ ...printing(agenda), beside: besideSessions(changes) });
  yield after;
}
