import type { Agenda } from '../agenda.js';
import type { Told } from './told.js';
import { htmlParts } from './html.renderer.js';
import { jsonParts } from './json.renderer.js';
import { markdownParts } from './markdown.renderer.js';

/** A form in which an agenda can be had. */
export interface Form {
  readonly mediaType: string;
  /** Whether it reads in one language (and its words change with it) or holds all of them. */
  readonly inOneLanguage: boolean;
  /** The text, part by part, so that others have their turn while a long one is made. Pure: the same agenda gives the same, whatever was `told` before. To be sent as UTF-8. */
  readonly parts: (agenda: Agenda, told?: Told) => Iterable<string>;
}

/** By the ending of the address: `agenda.html`. The first is given to who asks for nothing in particular. */
export const forms = {
  json: { mediaType: 'application/json', inOneLanguage: false, parts: jsonParts },
  html: { mediaType: 'text/html', inOneLanguage: true, parts: htmlParts },
  md: { mediaType: 'text/markdown', inOneLanguage: true, parts: markdownParts },
} as const satisfies Record<string, Form>;

export type FormName = keyof typeof forms;
export const formNames = Object.keys(forms) as readonly FormName[]; // its keys are what keyof says
