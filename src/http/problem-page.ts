import type { RefusedAt } from '../deciding/refusal.js';
import { isPlace } from './fields.js';
import { html, type Html, type Part } from './html.js';
import { plainPage } from './plain-page.js';
import type { FieldError } from './problems.js';

/** An answer that says what was wrong, where and what to do (RFC 9457). `about` holds the facts that are needed to act. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly solve: string;
  readonly instance: string;
  readonly about?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly (FieldError | RefusedAt)[];
}

/** The same for a person with a browser. `place`: what was asked for; where the token is missing, it is asked for, and leads there. */
export const problemPage = ({ title, status, code, solve, instance, about = {}, errors = [] }: ProblemDetails, place: string): string =>
  plainPage(title, html`<p class="quiet">${status} · ${code}</p>
<h1>${title}</h1>
<p>${worded(solve)}</p>
${list(errors.map(({ pointer, detail }) => html`<code>${pointer}</code> ${detail}`))}${list(Object.entries(about).map(([name, value]) => html`<code>${name}</code> ${typeof value === 'string' ? value : JSON.stringify(value)}`))}${
    status === 401 && isPlace(place) ? door(place) : undefined}<p><a href="/">What is published here</a></p>
<p class="quiet">${instance}</p>
`);

/** What stands between backquotes is what a program sends or reads. */
const worded = (text: string): Part => text.split('`').map((part, place) => (place % 2 ? html`<code>${part}</code>` : part));

const list = (entries: readonly Html[]): Html | undefined => (entries.length === 0 ? undefined : html`<ul>\n${entries.map((entry) => html`<li>${entry}</li>\n`)}</ul>\n`);

const door = (place: string): Html => html`<form action="/access" method="post">
<p><label for="token">Token</label><input type="password" id="token" name="token" required autocomplete="current-password"> <input type="hidden" name="to" value="${place}"><button>Open</button></p>
</form>
`;
