import { parse, type ParseError } from 'jsonc-parser';

/** JSON as RFC 8259 has it. */
export const strictly = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
/** In characters: a longer text is not gone through again for the place of its fault. */
const longest = 1024 * 1024;

/** Where a text stops to be JSON: at the first thing that may not stand there, or at its end. Undefined: it is too long, or too deep, to look. */
export const brokenAt = (text: string): number | undefined => {
  if (text.length > longest) return undefined;
  const faults: ParseError[] = [];
  try {
    parse(text, faults, strictly);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return faults[0]?.offset;
};
