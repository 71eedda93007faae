import fc from 'fast-check';
import type { Agenda } from '../../src/agenda/agenda.js';

/** Fields of an agenda that are no texts of its organisers: ids, times, codes. */
const structural: ReadonlySet<string> = new Set(['id', 'start', 'end', 'date', 'at', 'zone', 'languages', 'language', 'interpretation', 'audience', 'phase', 'kind', 'state', 'country', 'colour', 'url', 'person', 'appearance']);

/** The same agenda with other texts: what is written by hand, is told by `tell`; all that is structure stays. */
export const retold = (agenda: Agenda, tell: (text: string) => string): Agenda => {
  const again = (value: unknown, inSeat: boolean): unknown => {
    if (typeof value === 'string') return tell(value);
    if (Array.isArray(value)) return value.map((each) => again(each, inSeat));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, held]) => [field, structural.has(field) || (field === 'role' && 'state' in value) ? held : again(held, inSeat)]),
    );
  };
  return again(agenda, false) as Agenda; // texts became texts, and nothing else changed
};

/** Texts that somebody might write to harm, or by accident. */
export const nasty = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('\u202e', '\u2066', '\u200f', 'א', 'a', ' ', '\u0000', '\ud800', '\n', '\r'), maxLength: 20 }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '<script>alert(1)</script>', '</style><img src=x onerror=alert(1)>', '&lt;b&gt; &amp; &#60;', '" onmouseover="alert(1)', "' x='", '<!-- ', ']]>', '${1}',
      'a\n\nb', '# not a heading', '- not a list', '1. not first', '> not a quote', '```', '---', '| a | b |', '[x](javascript:alert(1))', '![x](y)', '<https://x>',
      '*_~`', '\\', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(3), 'مرحبا <b>', '   ', '', '+ 1', '= =', '&copy;', '$x$',
    ),
  },
);
