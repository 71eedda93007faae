import { changedNote } from '../../agenda/renderers/changed-note.js';
import { attribute, html, type Html } from '../../http/html.js';
import type { Text } from '../../convening/texts.js';
import { entryOf, type Told } from './entries.js';
import { pageOf, type Addresses } from './page.js';
import { changeOf, changesOf } from './told-changes.js';
import type { Telling } from './telling.js';

/** What the form offers to look for. */
export interface Offered {
  readonly title: Text;
  readonly sessions: ReadonlyMap<string, Text>;
  /** Missing: no fact of this history is about a room. */
  readonly rooms?: ReadonlyMap<string, Text>;
  readonly types: readonly string[];
  /** Up to which the history is told. */
  readonly revision: number;
}

/** What was asked for, as the address has it. */
export type AskedFor = Readonly<Record<string, string | undefined>>;

/** A part of a history as it was found. */
export interface FoundChanges {
  /** The latest first; a change and all that came of it stand together. */
  readonly groups: readonly Told[];
  /** Facts older, or newer, than this revision are looked for to go on; missing: there are none. */
  readonly older?: number;
  readonly newer?: number;
  readonly telling: Telling;
}

/** So many choices are offered; of more, the id is typed. */
const mostChoices = 300;

const choice = (name: string, label: string, chosen: string | undefined, choices: Iterable<readonly [string, string]>, any: string): Html => {
  const all: (readonly [string, string])[] = [];
  for (const each of choices) if (all.push(each) > mostChoices) break;
  // What is gone is not offered, but stays chosen.
  if (chosen !== undefined && chosen !== '' && !all.some(([id]) => id === chosen)) all.push([chosen, chosen]);
  if (all.length > mostChoices) return html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}"${attribute('value', chosen)}></div>\n`;
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${any}</option>${
    all.map(([id, text]) => html`<option value="${id}"${id === chosen ? attribute('selected', '') : undefined}>${text}</option>`)}</select></div>
`;
};

const field = (name: string, label: string, value: string | undefined, type: string): Html => html`<div><label for="${name}">${label}</label><input type="${type}" id="${name}" name="${name}"${attribute('value', value)}></div>\n`;

const finder = ({ sessions, rooms, types }: Offered, asked: AskedFor, { sentences: { page }, read }: Telling, addresses: Addresses): Html => {
  const named = function* (things: ReadonlyMap<string, Text>) {
    for (const [id, text] of things) yield [id, read(text) || id] as const;
  };
  const kept = (['person', 'actor', 'lang'] as const).flatMap((name) => (asked[name] ? [html`<input type="hidden" name="${name}" value="${asked[name]}">`] : []));
  const day = (time: string | undefined) => (time?.length === 10 ? time : undefined);
  return html`<form action="${addresses.page()}" method="get" role="search" aria-label="${page.filters}">
<div class="fields">
<div class="wide"><label for="text">${page.search}</label><input type="search" id="text" name="text"${attribute('value', asked['text'])}></div>
${choice('session', page.session, asked['session'], named(sessions), page.any)}${rooms && choice('room', page.room, asked['room'], named(rooms), page.any)}${
  choice('type', page.type, asked['type'], types.map((type) => [type, type] as const), page.any)}${field('from', page.from, day(asked['from']), 'date')}${field('to', page.to, day(asked['to']), 'date')}
<div>${kept}<button>${page.apply}</button></div>
</div>
</form>
`;
};

/** The pages of one history, and what leaves it. */
export const pagesOf = (current: 'page' | 'timeline', telling: Telling, addresses: Addresses, asked: AskedFor = {}): Html => {
  const { page } = telling.sentences;
  const { lang } = asked;
  const link = (to: 'page' | 'timeline', text: string) => addresses[to] && html`<li><a href="${addresses[to]({ lang })}"${to === current ? attribute('aria-current', 'page') : undefined}>${text}</a></li>\n`;
  return html`<nav aria-label="${page.pages}">
<ul class="pages">
${link('timeline', page.timeline)}${link('page', page.title)}${addresses.agenda && html`<li><a href="${addresses.agenda({ lang })}">${telling.words.agenda}</a></li>\n`}<li><a href="${addresses.table({ ...asked, before: undefined, after: undefined, limit: undefined })}">${page.file}</a></li>
</ul>
</nav>
`;
};

/** Everything that was looked for, the latest first, as a page: what happened, by whom, why, before and after. */
export const historyPage = ({ groups, older, newer, telling }: FoundChanges, offered: Offered, asked: AskedFor, addresses: Addresses, leave?: Html): string => {
  const { sentences: { page }, sentences, read } = telling;
  const title = read(offered.title);
  const { before: _, after: __, ...filters } = asked;
  const isFiltered = Object.entries(filters).some(([name, value]) => value !== undefined && name !== 'lang' && name !== 'limit');
  const told = groups.map((group) => changeOf(entryOf(group, telling), group.facts, telling, addresses));
  const turn = html`<p class="around">${newer === undefined ? undefined : html`<a rel="prev" href="${addresses.page({ ...filters, after: newer })}">${page.newer}</a> `}${
    older === undefined ? undefined : html`<a rel="next" href="${addresses.page({ ...filters, before: older })}">${page.older}</a>`}</p>
`;
  // Of the end of a convening's history it is told when there is more.
  const isLive = newer === undefined && addresses.timeline !== undefined;
  return pageOf(sentences, {
    title: `${page.title} – ${title}`,
    ...(isLive && { changed: changedNote('history.html', `changes?after=${offered.revision}`, page.moreHappened, page.showNow) }),
    body: html`<a class="skip" href="#changes">${page.skip}</a>
<header>
<p class="when">${page.title}</p>
<h1>${title}</h1>
</header>
${pagesOf('page', telling, addresses, asked)}<main>
${finder(offered, asked, telling, addresses)}<h2 id="changes">${page.history}</h2>
${isFiltered ? html`<p class="chosen"><a href="${addresses.page({ lang: asked['lang'] })}">${page.clear}</a></p>\n` : undefined}${changesOf(told, page.noFacts)}${turn}</main>
${leave && html`<footer>${leave}</footer>\n`}`,
  });
};
