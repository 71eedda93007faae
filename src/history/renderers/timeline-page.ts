import { Temporal } from 'temporal-polyfill';
import type { Agenda } from '../../agenda/agenda.js';
import { changedNote } from '../../agenda/renderers/changed-note.js';
import { attribute, html, Html, type Part } from '../../http/html.js';
import { programmeParts, proofLine } from '../../agenda/renderers/html.renderer.js';
import { printing, proofOf } from '../../agenda/renderers/printed.js';
import { entryOf } from './entries.js';
import type { FoundChanges } from './history-page.js';
import { pagesOf } from './history-page.js';
import { pageOf, type Addresses } from './page.js';
import { changeOf, changesOf } from './told-changes.js';
import { momentIn, sentenceOf, type Telling } from './telling.js';
import { timelineScript } from './timeline-script.js';

/** How the slider goes over the time: day by day, or, where all lies within two days, by quarters of an hour. */
export interface Scale {
  readonly unit: 'day' | 'quarter';
  /** Of the first with facts its beginning: a local date, or an instant. */
  readonly first: string;
  /** How many come after the first, the last with facts included. */
  readonly length: number;
}

/** A day, or a quarter of an hour, with facts. */
export interface Busy {
  /** How many after the first. */
  readonly place: number;
  readonly facts: number;
  /** The revision of its last fact. */
  readonly last: number;
}

/** A moment worth finding: a publication, or the end of a busy time. */
export interface Mark {
  readonly revision: number;
  /** Of a publication. */
  readonly published?: { readonly label: string; readonly at: string };
  readonly busy?: Busy;
}

/** A moment of a convening, with what stood then and what had changed. */
export interface Moment {
  readonly agenda: Agenda;
  readonly scale: Scale;
  /** The first first. */
  readonly busy: readonly Busy[];
  /** In the order of time: publications, and the busiest times by their last fact. */
  readonly marks: readonly Mark[];
  /** The mark before the moment; missing: there is none. */
  readonly previous?: Mark;
  /** What changed since the mark before. */
  readonly changes: FoundChanges;
  /** The last revision of all. */
  readonly end: number;
}

/** In milliseconds. */
const lengths = { day: 86_400_000, quarter: 900_000 } as const;
/** So many sentences are told beside one session. */
const mostBeside = 8;

/** The day, or the end of the quarter of an hour, that is so many after the first. */
const timeOf = (place: number, { unit, first }: Scale, telling: Telling): string =>
  unit === 'day' ? telling.words.date(dateAt(place, first)) : momentIn(Temporal.Instant.fromEpochMilliseconds(Date.parse(first) + (place + 1) * lengths.quarter).toString(), telling);
const localDay = (instant: string, zone: string): string => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
const dateAt = (place: number, first: string): string => Temporal.PlainDate.from(first).add({ days: place }).toString();

/** How many days or quarters after the first an instant lies. */
const placeOf = (instant: string, { unit, first }: Scale, { zone }: Telling): number =>
  Math.floor((Date.parse(unit === 'day' ? localDay(instant, zone) : instant) - Date.parse(first)) / lengths[unit]);

const markName = ({ published, busy }: Mark, scale: Scale, telling: Telling): string => {
  const { sentences: { page } } = telling;
  return published ? page.published(published.label, momentIn(published.at, telling)) : page.busy(timeOf(busy!.place, scale, telling), busy!.facts);
};
const sinceMark = ({ published, busy }: Mark, scale: Scale, telling: Telling): string => {
  const { sentences: { page } } = telling;
  return published ? page.sincePublished(published.label, momentIn(published.at, telling)) : page.sinceTime(timeOf(busy!.place, scale, telling));
};

/** How busy each time was, and when something was published: a picture of what the list of marks says. */
const picture = ({ scale, busy, marks, agenda, changes: { telling } }: Moment): Html => {
  const most = Math.max(1, ...busy.map(({ facts }) => facts));
  const wide = Math.min(12, Math.max(3, 700 / scale.length));
  const from = (place: number, width: number) => ((place * 1_000) / scale.length - width / 2).toFixed(1);
  const now = from(placeOf(agenda.at, scale, telling), 0);
  return html`<svg viewBox="0 0 1000 60" preserveAspectRatio="none" aria-hidden="true">
<g class="bars">${busy.map(({ place, facts }) => {
    const high = Math.max(2, Math.round(Math.sqrt(facts / most) * 46));
    return html`<rect x="${from(place, wide)}" y="${60 - high}" width="${wide.toFixed(1)}" height="${high}"/>`;
  })}</g>
<g class="publications">${marks.flatMap(({ published }) => (published ? [html`<rect x="${from(placeOf(published.at, scale, telling), 5)}" y="0" width="5" height="60"/>`] : []))}</g>
<line id="now-line" class="now" x1="${now}" x2="${now}" y1="0" y2="60" stroke-width="3"/>
</svg>
`;
};

const slider = (moment: Moment, addresses: Addresses, lang: string | undefined): Html => {
  const { scale, agenda, changes: { telling } } = moment;
  const { page } = telling.sentences;
  const { unit, first, length } = scale;
  const place = placeOf(agenda.at, scale, telling);
  return html`<form id="slide" action="${addresses.timeline!()}" method="get" data-first="${Date.parse(first)}" data-step="${lengths[unit]}"${attribute('data-zone', unit === 'day' ? undefined : telling.zone)}>
<div class="slide">
<p class="slid"><label for="place">${page.timeline}</label> <output id="told" for="place">${unit === 'day' ? telling.words.day(dateAt(place, first)) : timeOf(place, scale, telling)}</output></p>
${picture(moment)}<input type="range" id="place" name="${unit}" min="0" max="${length}" step="1" value="${place}" aria-describedby="slide-help">
${lang === undefined ? undefined : html`<input type="hidden" name="lang" value="${lang}">`}<button id="show">${page.show}</button>
</div>
<p id="slide-help" class="moment">${page.timelineHelp[unit]}</p>
</form>
<p id="status" class="unseen" role="status">${page.asItStood(...partsOf(agenda.at, telling), agenda.revision)}</p>
`;
};

const partsOf = (instant: string, telling: Telling): [date: string, time: string] => {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(telling.zone);
  return [telling.words.date(local.toPlainDate().toString()), local.toPlainTime().toString({ smallestUnit: 'minute' })];
};

const marksNav = ({ scale, marks, agenda: { revision }, end, changes: { telling } }: Moment, addresses: Addresses, lang: string | undefined): Html => {
  const { page } = telling.sentences;
  const to = (at: number) => addresses.timeline!({ asOf: `rev:${at}`, lang });
  const [before, after] = [marks.findLast((mark) => mark.revision < revision), marks.find((mark) => mark.revision > revision)];
  const step = (id: string, rel: string, mark: number | undefined, text: string) => (mark === undefined ? undefined : html`<a id="${id}" rel="${rel}" data-moment href="${to(mark)}">${text}</a> `);
  return html`<p class="around">${step('older', 'prev', before?.revision, `← ${before ? markName(before, scale, telling) : ''}`)}${step('newer', 'next', after?.revision, `${after ? markName(after, scale, telling) : ''} →`)}${
    revision === end ? undefined : html`<a data-moment href="${addresses.timeline!({ lang })}">${page.latest}</a>`}</p>
<details><summary>${page.marks[scale.unit]}</summary>
<ul class="marks">
${marks.map((mark) => html`<li><a data-moment href="${to(mark.revision)}"${mark.revision === revision ? attribute('aria-current', 'true') : undefined}>${mark.published ? html`<strong>${markName(mark, scale, telling)}</strong>` : markName(mark, scale, telling)}</a></li>\n`)}</ul>
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
  const { scale, agenda, previous, changes } = moment;
  const { telling, groups } = changes;
  const { sentences: { page }, sentences, read } = telling;
  const title = read(agenda.convening.title);
  const since = previous ? sinceMark(previous, scale, telling) : page.sinceBeginning;
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
