import type { Agenda } from '../agenda.js';
import { renderHtml } from './html.renderer.js';
import { renderJson } from './json.renderer.js';
import { renderMarkdown } from './markdown.renderer.js';

/** A form in which an agenda can be had. */
export interface Form {
  readonly mediaType: string;
  /** Whether it reads in one language (and its words change with it) or holds all of them. */
  readonly inOneLanguage: boolean;
  /** Pure: the same agenda gives the same text. To be sent as UTF-8. */
  readonly render: (agenda: Agenda) => string;
}

/** By the ending of the address: `agenda.html`. The first is given to who asks for nothing in particular. */
export const forms = {
  json: { mediaType: 'application/json', inOneLanguage: false, render: renderJson },
  html: { mediaType: 'text/html', inOneLanguage: true, render: renderHtml },
  md: { mediaType: 'text/markdown', inOneLanguage: true, render: renderMarkdown },
} as const satisfies Record<string, Form>;

export type FormName = keyof typeof forms;
export const formNames = Object.keys(forms) as readonly FormName[]; // its keys are what keyof says
