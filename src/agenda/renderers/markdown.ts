// Control characters mean nothing in a text file; line breaks are spaces inside a line.
const noText = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}]/gu;

/** What CommonMark, or the tables, strikethrough and formulas of its dialects, would read as more than a character, anywhere in a line. */
const special = /[\\`*_{}[\]<>#|~&$]/g;
/** What it would read so at the beginning of a line: lists, quotes, headings, rules, code. */
const beginning = /^(?:([-+=:!])|(\d{1,9})([.)]))/;

/** A text as part of one line of Markdown: it reads as it was written, and is nothing but text. */
export const inLine = (text: string): string =>
  text
    .replace(/[\t-\r \u0085\u2028\u2029]+/g, ' ').trim()
    .replace(noText, '\ufffd')
    .replace(special, '\\$&')
    .replace(beginning, (_, sign: string | undefined, number: string, dot: string) => (sign ? `\\${sign}` : `${number}\\${dot}`));

/** Paragraphs, each in one line, with an empty line between. */
export const inParagraphs = (text: string): string[] => text.replace(/\r\n?/g, '\n').split(/\n\s*\n/).map(inLine).filter((line) => line !== '');

const outsideAddress = /[\s<>\\`|\u0000-\u001f\u007f]/g;

/** `[title](<url>)`, or the title alone where the address is not one of the web. */
export const linked = (title: string, url: string): string =>
  /^https?:\/\//i.test(url) ? `[${inLine(title)}](<${url.replace(outsideAddress, (character) => encodeURIComponent(character))}>)` : inLine(title);
