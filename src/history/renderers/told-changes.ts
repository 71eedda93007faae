import { html, Html, type Part } from '../../http/html.js';
import type { HistoryEntryRead, HistoryFactRead } from './entries.js';
import { joined, type Addresses } from './page.js';
import { momentIn, sentenceOf, type Telling } from './telling.js';
import type { FactRow } from '../history.js';

const differences = ({ touched }: HistoryFactRead, { sentences: { page } }: Telling): Html | undefined => {
  if (touched.length === 0) return undefined;
  return html`<details><summary>${page.details}</summary>
<table><thead><tr><td></td><th scope="col">${page.before}</th><th scope="col">${page.after}</th></tr></thead><tbody>
${touched.map(({ field, before, after }) => html`<tr><th scope="row">${field}</th><td>${before}</td><td>${after}</td></tr>\n`)}</tbody></table></details>
`;
};

/** What else is known of what a fact concerns: each leads to its own history. */
const concerned = ({ sessions, rooms, people }: HistoryFactRead, addresses: Addresses): Html | undefined => {
  const links = ([['session', sessions], ['room', rooms], ['person', people]] as const).flatMap(([filter, things]) => things.map(({ id, name }) => html`<a href="${addresses.page({ [filter]: id })}">${name}</a>`));
  return links.length === 0 ? undefined : html`<p class="concerned">${joined(links, ' ')}</p>\n`;
};

/** A change for the page: when, by whom and why; then what came about, each with what it was before and is after. */
export const changeOf = ({ at, actor, reason, facts, partFrom }: HistoryEntryRead, rows: readonly FactRow[], telling: Telling, addresses: Addresses): Html => {
  const { page } = telling.sentences;
  const last = facts.at(-1)!.revision;
  const told = facts.map((fact, place) => html`<li id="rev-${fact.revision}"${fact.besides && new Html(' class="besides"')}>
<p>${sentenceOf(rows[place]!, telling)}.</p>
${concerned(fact, addresses)}${differences(fact, telling)}</li>
`);
  const then = addresses.timeline && html` <a href="${addresses.timeline({ asOf: `rev:${last}` })}">${page.thenLink}<span class="unseen"> (${page.revision} ${last})</span></a>`;
  const why = reason === undefined ? undefined : html`<p class="why">${page.because}${telling.words.colon} ${typeof reason === 'string' ? telling.words.quoted(reason) : telling.words.notesWithheld}</p>\n`;
  return html`<li>
<p class="head"><time datetime="${at}">${momentIn(at, telling)}</time> <span>${actor.name}</span>${then}</p>
${why}<ul class="facts-told">
${told}</ul>
${partFrom === undefined ? undefined : html`<p><a href="${addresses.page({ after: partFrom - 1, limit: 500 })}">${page.more}</a></p>\n`}</li>
`;
};

/** Nothing, or the changes as a list. */
export const changesOf = (changes: readonly Html[], nothing: string): Part => (changes.length === 0 ? html`<p class="nothing">${nothing}</p>\n` : html`<ol class="changes">\n${changes}</ol>\n`);
