import type { Agenda } from '../agenda.js';
import type { Difference } from '../difference.js';
import { differenceCsvParts } from './difference-csv.renderer.js';
import { differenceHtmlParts } from './difference-html.renderer.js';
import { differenceJsonParts } from './difference-json.renderer.js';

/** A form in which a difference can be had: made of it and of the two agendas that it is of. Pure, and to be sent as UTF-8. */
interface DifferenceForm {
  readonly mediaType: string;
  /** Whether it reads in one language or holds all of them. */
  readonly inOneLanguage: boolean;
  /** The text, part by part, so that others have their turn while a long one is made. */
  readonly parts: (difference: Difference, from: Agenda, to: Agenda) => Iterable<string>;
}

/** By the ending of the address. The first is given to who asks for nothing in particular. */
export const differenceForms = {
  json: { mediaType: 'application/json', inOneLanguage: false, parts: differenceJsonParts },
  html: { mediaType: 'text/html', inOneLanguage: true, parts: differenceHtmlParts },
  csv: { mediaType: 'text/csv', inOneLanguage: true, parts: differenceCsvParts },
} as const satisfies Record<string, DifferenceForm>;

export type DifferenceFormName = keyof typeof differenceForms;
export const differenceFormNames = Object.keys(differenceForms) as readonly DifferenceFormName[]; // its keys are what keyof says
