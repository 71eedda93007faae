/**
 * The look of the page, on a screen in light and dark and on paper. Every colour of a text stands at 4.5 : 1 or more on its ground
 * (test/agenda/contrast.spec.ts computes it). It is the whole content of the page's only `style` element.
 */
export const agendaStyle = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --ink: #1c2226; --quiet: #535c63; --accent: #0b5a66; --line: #d5dade; --sunk: #f3f5f4; --warn: #7a3600; --warn-ground: #fff3df;
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, 'Noto Serif', 'Noto Naskh Arabic', serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, 'Noto Sans Arabic', sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #14181b; --ink: #e9e7e2; --quiet: #a7b0b6; --accent: #7fcbd8; --line: #394147; --sunk: #1d2327; --warn: #ffc58a; --warn-ground: #33230f; }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 3rem; background: var(--ground); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1, h2, h3 { font-family: var(--serif); line-height: 1.2; text-wrap: balance; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; inset-inline-start: -999rem; }
.skip:focus { position: static; display: inline-block; padding: .5rem 0; }

header { padding-block-end: 1.5rem; }
.when { color: var(--accent); font-weight: 600; }
.where { display: block; color: var(--quiet); font-weight: 400; }
h1 { margin-block: .6rem .4rem; font-size: clamp(1.75rem, 1.3rem + 2.4vw, 2.9rem); letter-spacing: -.01em; }
header .subtitle { font: 1.25rem/1.4 var(--serif); color: var(--quiet); }
.description { max-width: 42rem; margin-block-start: 1rem; white-space: pre-line; }
.standing { margin-block-start: 1rem; padding-inline-start: .9rem; border-inline-start: 3px solid var(--accent); }
.moment, .standing .note { color: var(--quiet); }
.standing .note { white-space: pre-line; }
.draft { padding: .6rem .9rem; border-inline-start-color: var(--warn); background: var(--warn-ground); color: var(--warn); }
.draft .moment { color: inherit; }
.phase { margin-block-start: 1rem; font-weight: 600; }
.phase cite { display: block; color: var(--quiet); font-style: normal; font-weight: 400; font-size: .9rem; }
.over { color: var(--warn); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 1rem 2rem; margin-block-start: 1.25rem; }
.facts dt { color: var(--quiet); font-size: .85rem; font-weight: 600; }
.facts dd + dd { margin-block-start: .2rem; }

nav { border-block: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
nav a { display: block; padding-block: .75rem; font-weight: 600; text-decoration: none; }
nav a:hover { text-decoration: underline; }

h2 { padding-block: 2.25rem .75rem; font-size: 1.6rem; }
.nothing { color: var(--quiet); }
.slot { border-block-start: 1px solid var(--line); padding-block: 1.1rem; }
.time { margin-block-end: .35rem; font-variant-numeric: tabular-nums; font-weight: 600; color: var(--accent); }
.to { padding-inline: .1em; }
.side-by-side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 1.5rem; min-width: 0; }
.session { position: relative; min-width: 0; scroll-margin-block-start: 1rem; }
.session:has(> .bar) { padding-inline-start: 1rem; }
.bar { position: absolute; inset-block: 0; inset-inline-start: 0; width: 4px; height: 100%; border-radius: 2px; }
.mark { width: .65em; height: .65em; margin-inline-end: .15em; }
h3 { font-size: 1.25rem; }
.session .subtitle { font-family: var(--serif); font-size: 1.05rem; color: var(--quiet); }
.about { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin-block-start: .3rem; color: var(--quiet); font-size: .9rem; }
.room { color: var(--ink); }
.audience { color: var(--warn); font-weight: 600; }
.abstract { max-width: 42rem; margin-block-start: .6rem; white-space: pre-line; }
.people { display: grid; gap: .6rem; margin-block-start: .8rem; }
.people dt { color: var(--quiet); font-size: .85rem; font-weight: 600; }
.people dd + dd { margin-block-start: .3rem; }
.name { font-weight: 650; }
.details { color: var(--quiet); }
.people .details, .by .details { display: block; }
.remark { color: var(--warn); font-style: normal; font-size: .9rem; }
.items { margin-block-start: .8rem; counter-reset: step; }
.items li { position: relative; padding: .4rem 0 .4rem 2rem; counter-increment: step; }
.items li::before { content: counter(step) '.'; position: absolute; inset-inline-start: 0; color: var(--quiet); font-variant-numeric: tabular-nums; }
.items li + li { border-block-start: 1px dotted var(--line); }
.step { display: block; }
.minutes { color: var(--quiet); font-size: .9rem; white-space: nowrap; }
.by { display: block; }
.role { color: var(--quiet); font-size: .9rem; }
.links { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; margin-block-start: .7rem; }
.notes { margin-block-start: .8rem; padding: .5rem .75rem; background: var(--sunk); font-size: .9rem; white-space: pre-line; }
.pause { padding-block: .7rem; }
.pause h3 { font: 600 1rem/1.5 var(--sans); color: var(--quiet); }
.pause .kind { display: none; }
.cancelled h3, .cancelled h3 ~ * { color: var(--quiet); }
.cancelled .word { color: var(--warn); font-weight: 700; }
footer { margin-block-start: 2.5rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); color: var(--quiet); font-size: .9rem; }
#changed { position: sticky; top: 0; z-index: 1; }
.changed-note { margin-block-end: 1.25rem; padding: .6rem .9rem; border-inline-start: 4px solid var(--warn); background: var(--warn-ground); color: var(--warn); font-weight: 600; }
.proof { overflow-wrap: anywhere; }
code { font-size: .95em; }

@media (min-width: 46rem) {
  .facts dd { max-width: 32rem; }
  .slot:has(> .time) { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 1rem; }
  .time { margin: 0; padding-block-start: .15rem; }
  .pause .time { padding-block-start: 0; }
  .alone .people > div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 0 1rem; }
  .alone .people dd { grid-column: 2; }
  .alone .people dt { line-height: 1.8; }
  .alone .details { display: inline; }
  .alone .name + .details::before, .alone s + .details::before { content: '· '; }
}

@media print {
  @page { size: A4; margin: 16mm 15mm 18mm; }
  :root { color-scheme: light; --ground: #fff; --ink: #000; --quiet: #333; --accent: #000; --line: #999; --sunk: #fff; --warn: #000; --warn-ground: #fff; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.4; }
  nav, .skip, #changed { display: none; }
  h1 { font-size: 21pt; }
  h2 { padding-block: 14pt 5pt; font-size: 14pt; break-after: avoid; }
  h3 { font-size: 11.5pt; break-after: avoid; }
  .side-by-side h3 { font-size: 10.5pt; }
  .pause h3 { font-size: 1rem; }
  .slot { padding-block: 6pt; break-inside: avoid; }
  .slot:has(> .time) { display: grid; grid-template-columns: 24mm minmax(0, 1fr); gap: 4mm; }
  .side-by-side { grid-template-columns: repeat(auto-fit, minmax(40mm, 1fr)); gap: 5mm; }
  .side-by-side .abstract, .side-by-side .details { font-size: .92em; }
  .session { break-inside: avoid; }
  .standing, .draft { padding: 0 0 0 8pt; border-inline-start: 2pt solid #000; }
  .notes { border: 1px solid #999; }
  a { color: inherit; text-decoration: none; }
  .facts a::after, .links a::after { content: ' <' attr(href) '>'; font-size: .85em; }
  footer { margin-block-start: 10pt; padding-block-start: 5pt; break-inside: avoid; }
}
`;
