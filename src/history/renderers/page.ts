import { agendaStyle } from '../../agenda/renderers/agenda-style.js';
import { changedScriptElement } from '../../agenda/renderers/changed-note.js';
import { attribute, html, Html, type Part } from '../../http/html.js';
import { pageIcon } from '../../http/plain-page.js';
import { historyStyle } from './history-style.js';
import type { Sentences } from './saying.js';

type Asked = Readonly<Record<string, string | number | undefined>>;

/** Where the pages of a history are, with what of them is asked for. */
export interface Addresses {
  readonly page: (asked?: Asked) => string;
  readonly table: (asked?: Asked) => string;
  /** Of what has no agenda there is none. */
  readonly timeline?: (asked?: Asked) => string;
  readonly agenda?: (asked?: Asked) => string;
}

/** Addresses below a convening, or its registrations; what is undefined or empty is not asked for. */
export const addressesOf = (base: string, hasTimeline: boolean): Addresses => {
  const to = (page: string) => (asked: Asked = {}) => {
    const query = Object.entries(asked).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%3A', ':')}`]));
    return `${base}/${page}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  };
  return { page: to('history.html'), table: to('history.csv'), ...(hasTimeline && { timeline: to('timeline.html'), agenda: to('agenda.html') }) };
};

/** What pages of the history may do in a browser. `scripts`: the hashes of those that may run. They are nobody else's to show or to load. */
export const pagePolicy = (...scripts: readonly string[]): string =>
  `default-src 'none';style-src 'unsafe-inline';img-src data:;${scripts.length === 0 ? '' : `script-src ${scripts.map((hash) => `'${hash}'`).join(' ')};connect-src 'self';`}base-uri 'none';form-action 'self';frame-ancestors 'none'`;

export const joined = (parts: readonly Part[], between: Part): Part => parts.flatMap((part, place) => (place ? [between, part] : [part]));

/** A page around what it shows: HTML 5, with its style in it. `changed`: a note that more has happened, which a script shows. `script`: runs at its end; a content security policy names it by its hash. */
export const pageOf = ({ language }: Sentences, { title, body, isWide = false, script, changed }: { readonly title: string; readonly body: Part; readonly isWide?: boolean; readonly script?: string; readonly changed?: Html }): string =>
  html`<!DOCTYPE html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${pageIcon}<style>${new Html(agendaStyle + historyStyle)}</style>
</head>
<body${attribute('class', isWide ? 'two' : undefined)}>
${changed}${body}${changed && changedScriptElement}${script === undefined ? undefined : html`<script>${new Html(script)}</script>\n`}</body>
</html>
`.markup;
