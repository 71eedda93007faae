import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HtmlValidate } from 'html-validate';
import type { Agenda, AgendaSession } from '../../src/agenda/agenda.js';
import { forms, formNames } from '../../src/agenda/renderers/forms.js';
import { renderHtml } from '../../src/agenda/renderers/html.renderer.js';
import { toldOnce } from '../../src/agenda/renderers/told.js';
import { renderMarkdown } from '../../src/agenda/renderers/markdown.renderer.js';
import { folded } from '../convening/arusha.js';
import { arusha, geneva } from './examples.js';
import { golden } from './golden.js';
import { given, proved } from './reading.js';
import { nasty, retold } from './retold.js';

const [version] = folded(...arusha).publications;
const agendas: Record<string, Agenda> = {
  arusha: given(...arusha).readBy('public', { version: proved(version!) }),
  'arusha-organisers': given(...arusha).readBy('internal'),
  'geneva-fr': given(...geneva).readBy('participants', { language: 'fr' }),
  'geneva-ar': given(...geneva).readBy('public', { language: 'ar', zone: 'America/New_York' }),
};
const names = Object.keys(agendas);
const { arusha: read, 'geneva-fr': other } = agendas as Record<'arusha' | 'geneva-fr', Agenda>; // two of the table above
const [opening] = read.days[0]!.sessions;
/** A session of which every manner tells something else: no room, a language, a title in two others, a seat that waits for an answer. */
const telling: AgendaSession = {
  ...opening!, id: 'telling', kind: 'talk', title: { fr: 'Leçon', sw: 'Somo' }, language: 'en', interpretation: [], items: [], appearances: [{ id: 'a', role: 'speaker', state: 'invited' }],
  slot: { start: opening!.slot!.start, end: '2013-05-27T23:00+03:00' },
};
const alone: Agenda = { ...read, days: [{ date: '2013-05-27', sessions: [telling] }] };
/** The same sessions, read in every manner. */
const readings: readonly Agenda[] = [
  read, { ...read, language: 'fr' }, other, { ...other, language: 'en' }, { ...other, language: 'ar' },
  alone, { ...alone, rooms: [] }, { ...alone, audience: 'internal' }, { ...alone, convening: { ...read.convening, languages: ['en', 'sw'] } }, { ...alone, language: 'sw' },
  { ...alone, days: [{ date: '2013-05-27', sessions: [opening!, telling] }] },
];

describe.each(formNames)('%s', (form) => {
  const render = (agenda: Agenda) => [...forms[form].parts(agenda)].join('');

  it.each(names)('of %s is as it was when somebody looked at it', (name) => {
    const made = render(agendas[name]!);
    expect(made).toBe(golden(`${name}.${form}`, made));
  });

  it('of the same agenda, read from another copy of it, is the same', () =>
    expect(render(structuredClone(agendas.arusha!))).toBe(render(agendas.arusha!)));

  it('is the same whatever was told before of the same sessions', () => {
    const told = toldOnce();
    for (const agenda of readings) expect([...forms[form].parts(agenda, told)].join('')).toBe(render(agenda));
  });
});

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document', 'html-validate:recommended'],
  // The spaces in a text and the length of a title are their writers’.
  rules: { 'no-trailing-whitespace': 'off', 'long-title': 'off' },
});
const faults = (page: string) => validator.validateStringSync(page).results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => ({ ruleId, message, line })));

/** All tags, with the names of their attributes. */
const skeleton = (page: string) => page.match(/<[^>]*>/g)!.map((tag) => tag.replace(/"[^"]*"/g, '""')).join('');
/** What each line begins with. */
const outline = (text: string) => text.split('\n').map((line) => /^(?:#+ |- |\d+\. |> ?|---$)?/.exec(line)![0]).join('\n');
const inPlainWords = (text: string) => text.replace(/[^\s\u0085\u180e\u200b]/gu, 'x');

/** One of these agendas with texts that somebody might write to harm. */
const anyAgenda = fc.tuple(fc.constantFrom('arusha', 'arusha-organisers'), fc.array(nasty, { minLength: 1, maxLength: 12 })).map(([name, texts]) => {
  let place = 0;
  return retold(agendas[name]!, () => texts[(place += 1) % texts.length]!);
});

describe('the page', () => {
  it.each(names)('of %s is valid and accessible HTML', (name) => expect(faults(renderHtml(agendas[name]!))).toEqual([]));

  it('would be found at fault if it were not', () =>
    expect(faults(renderHtml(agendas.arusha!).replace('</h1>', '</h2>')).map(({ ruleId }) => ruleId)).toContain('close-order'));

  it('has no script, no style but its own and nothing from elsewhere', () => {
    const page = renderHtml(agendas['arusha-organisers']!);
    expect(page).not.toMatch(/<script|<link rel="icon" href="(?!data:)|<link (?!rel="icon")|<img|<iframe|\son\w+=|\sstyle=|url\(|@import/i);
    expect(page.match(/<style>/g)).toHaveLength(1);
  });

  it('does not follow an address that is not one of the web', () => {
    const link = (url: string) => ({ ...agendas.arusha!, convening: { ...agendas.arusha!.convening, links: [{ kind: 'map', title: { en: 'Map' }, url, audience: 'public' as const }] } });
    expect(renderHtml(link('javascript:alert(1)'))).not.toContain('javascript');
    expect(renderHtml(link('https://example.org/?a=1&b="2"'))).toContain('<a href="https://example.org/?a=1&amp;b=&quot;2&quot;"><bdi>Map</bdi></a>');
    expect(renderMarkdown(link('javascript:alert(1)'))).not.toContain('javascript');
    expect(renderMarkdown(link('https://example.org/a b>'))).toContain('[Map](<https://example.org/a%20b%3E>)');
  });

  it('has the tags of its template and no others, whatever is written in it', () => {
    const law = (odd: Agenda) => expect(skeleton(renderHtml(odd))).toBe(skeleton(renderHtml(retold(odd, inPlainWords))));
    fc.assert(fc.property(anyAgenda, law), { numRuns: 200 });
  });

  it('is valid, whatever is written in it', () => fc.assert(fc.property(anyAgenda, (odd) => expect(faults(renderHtml(odd))).toEqual([])), { numRuns: 15 }));
});

describe('the Markdown', () => {
  it('has the headings and lists of its template and no others, whatever is written in it', () => {
    const law = (odd: Agenda) => expect(outline(renderMarkdown(odd))).toBe(outline(renderMarkdown(retold(odd, inPlainWords))));
    fc.assert(fc.property(anyAgenda, law), { numRuns: 200 });
  });

  it('has no markup but that of its template, whatever is written in it', () => {
    const unescaped = (text: string) => text.replace(/\\[^\w\s]/g, 'x').replace(/\]\(<https:[^>]*>\)/g, '');
    fc.assert(fc.property(anyAgenda, (odd) => expect(unescaped(renderMarkdown(odd))).not.toMatch(/[<`|&$]|^\s*[=+]|~~.*~~.*~~|\*\*\*/m)), { numRuns: 200 });
  });
});
