import { describe, expect, it } from '@jest/globals';
import { agendaStyle } from '../../src/agenda/renderers/agenda-style.js';

const light = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
/** Relative luminance, WCAG 2.2. */
const luminance = (colour: string) => {
  const [red, green, blue] = [1, 3, 5].map((place) => light(parseInt(colour.slice(place, place + 2), 16) / 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};
const contrast = (one: string, other: string) => {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter! + 0.05) / (darker! + 0.05);
};

const palettes: Readonly<Record<string, string>>[] = [...agendaStyle.matchAll(/--ground: #\w{6};[^}]*/g)].map(([declarations]) =>
  Object.fromEntries([...declarations.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, name, colour]) => [name!, colour!])),
);

describe.each(palettes.map((palette, place) => [place === 0 ? 'light' : 'dark', palette] as const))('in the %s', (_, colours) => {
  const pairs = [['ink', 'ground'], ['quiet', 'ground'], ['accent', 'ground'], ['warn', 'ground'], ['warn', 'warn-ground'], ['ink', 'sunk'], ['quiet', 'sunk']] as const;
  it.each(pairs)('%s on %s is easy to read', (text, ground) => expect(contrast(colours[text]!, colours[ground]!)).toBeGreaterThanOrEqual(4.5));
});

it('black on white is as contrasting as can be', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21));
it('there is a light and a dark palette', () => expect(palettes).toHaveLength(2));
