/** Markup that is safe to send. Only `html` and `attribute` make it. */
export class Html {
  constructor(readonly markup: string) {}
}

export type Part = Html | string | number | undefined | readonly Part[];

// Control characters, halves of surrogate pairs and non-characters may not stand in HTML, escaped or not.
const noText = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}\ufdd0-\ufdef\ufffe\uffff]/gu;
const special = /[&<>"']/g;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Whether there is anything to escape: of most texts that is quickly denied. */
const anything = /[&<>"'\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

/** A text as content of an element or of a quoted attribute. */
export const escaped = (text: string): string =>
  anything.test(text) ? text.replace(/\r\n?/g, '\n').replace(noText, '\ufffd').replace(special, (character) => entities[character]!) : text;

const written = (part: Part): string => {
  if (part === undefined) return '';
  if (part instanceof Html) return part.markup;
  return typeof part === 'object' ? part.map(written).join('') : escaped(String(part));
};

/** A template that escapes what is put into it, unless it is markup already. Attributes are always quoted. */
export const html = (template: TemplateStringsArray, ...parts: readonly Part[]): Html => {
  let markup = template[0]!;
  for (let place = 0; place < parts.length; place += 1) markup += written(parts[place]) + template[place + 1]!;
  return new Html(markup);
};

/** ` name="value"` with its space, or nothing. */
export const attribute = (name: string, value: string | undefined): Html => new Html(value === undefined ? '' : ` ${name}="${escaped(value)}"`);
