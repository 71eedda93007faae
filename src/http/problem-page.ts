import type { RefusedAt } from '../deciding/refusal.js';
import { isPlace } from './fields.js';
import { attribute, html, type Html, type Part } from './html.js';
import { plainPage } from './plain-page.js';
import type { FieldError } from './problems.js';
import { frenchProblems } from './problems.fr.js';

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

/** What the page says beside the problem, by its language. */
const words = {
  en: { published: 'What is published here', token: 'Token', open: 'Open' },
  fr: { published: 'Ce qui est publié ici', token: 'Jeton', open: 'Ouvrir' },
} as const;
export type PageLanguage = keyof typeof words;
/** The languages in which a page tells a problem. */
export const pageLanguages = Object.keys(words) as readonly PageLanguage[]; // Its keys are what keyof says.

/** The same for a person with a browser. `place`: what was asked for; where the token is missing, it is asked for, and leads there. What has no words in the page's language is in English, and says so. */
export const problemPage = ({ title, status, code, solve, instance, about = {}, errors = [] }: ProblemDetails, place: string, language: PageLanguage): string => {
  const told = language === 'fr' && Object.hasOwn(frenchProblems, code) ? frenchProblems[code]! : { says: title, solve };
  const tongue = attribute('lang', language === 'en' || told.says !== title ? undefined : 'en');
  const inEnglish = (text: string): Part => (language === 'en' ? text : html`<span lang="en">${text}</span>`);
  const page = words[language];
  return plainPage(told.says, html`<p class="quiet">${status} · ${code}</p>
<h1${tongue}>${told.says}</h1>
<p${tongue}>${worded(told.solve)}</p>
${list(errors.map(({ pointer, detail }) => html`<code>${pointer}</code> ${inEnglish(detail)}`))}${list(Object.entries(about).map(([name, value]) => html`<code>${name}</code> ${typeof value === 'string' ? value : JSON.stringify(value)}`))}${
    status === 401 && isPlace(place) ? door(place, page) : undefined}<p><a href="/">${page.published}</a></p>
<p class="quiet">${instance}</p>
`, language);
};

/** What stands between backquotes is what a program sends or reads. */
const worded = (text: string): Part => text.split('`').map((part, place) => (place % 2 ? html`<code>${part}</code>` : part));

const list = (entries: readonly Html[]): Html | undefined => (entries.length === 0 ? undefined : html`<ul>\n${entries.map((entry) => html`<li>${entry}</li>\n`)}</ul>\n`);

const door = (place: string, { token, open }: (typeof words)[PageLanguage]): Html => html`<form action="/access" method="post">
<p><label for="token">${token}</label><input type="password" id="token" name="token" required autocomplete="current-password"> <input type="hidden" name="to" value="${place}"><button>${open}</button></p>
</form>
`;
