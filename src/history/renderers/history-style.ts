/** What the pages of the history add to the agenda's style; each page's only `style` element holds both. */
export const historyStyle = `
.pages { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; }
nav [aria-current] { color: var(--ink); text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .35em; }
form { margin-block: 1.25rem; }
label { display: block; color: var(--quiet); font-size: .85rem; font-weight: 600; }
input, select, button { font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--quiet); border-radius: 4px; min-height: 2.7rem; padding: .4rem .6rem; max-width: 100%; }
input, select { width: 100%; }
button { background: var(--accent); color: var(--ground); border-color: var(--accent); font-weight: 600; cursor: pointer; }
.quiet-button { background: none; color: var(--accent); }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: .8rem 1rem; align-items: end; }
.wide { grid-column: 1 / -1; }
.chosen { display: flex; flex-wrap: wrap; gap: .3rem 1.25rem; margin-block: .75rem; }
.unseen { position: absolute; inset-inline-start: -999rem; }
.changes > li { border-block-start: 1px solid var(--line); padding-block: .9rem; }
.head { display: flex; flex-wrap: wrap; gap: 0 .75rem; color: var(--quiet); font-size: .9rem; }
.head time { color: var(--accent); font-weight: 600; font-variant-numeric: tabular-nums; }
.why { margin-block-start: .15rem; color: var(--quiet); font-style: italic; }
.facts-told > li { margin-block-start: .45rem; }
.facts-told:has(> li + li) { margin-block-start: .5rem; padding-inline-start: .9rem; border-inline-start: 2px solid var(--line); }
.besides { color: var(--quiet); }
details { font-size: .9rem; }
summary { color: var(--accent); cursor: pointer; width: fit-content; }
table { table-layout: fixed; border-collapse: collapse; width: 100%; margin-block: .4rem; }
thead td { width: 7.5rem; }
th, td { padding: .25rem .6rem .25rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; font-weight: 400; white-space: pre-line; }
th { color: var(--quiet); font-size: .85rem; }
.concerned { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .9rem; }
.notice { margin-block: 1rem; padding: .6rem .9rem; border-inline-start: 3px solid var(--warn); background: var(--warn-ground); color: var(--warn); }
.around { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-block: .75rem; }
.slid { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; margin-block-end: .5rem; }
.slide input { min-height: 0; padding: 0; accent-color: var(--accent); border: 0; }
.slide svg { display: block; width: calc(100% - 1rem); height: 3.5rem; margin-inline: .5rem; overflow: visible; }
.slide .bars { fill: var(--quiet); }
.slide .publications { fill: var(--accent); }
.slide .now { stroke: var(--warn); }
.slide output { font-weight: 600; }
.marks { display: flex; flex-wrap: wrap; gap: .15rem 1.25rem; }
.marks [aria-current] { color: var(--ink); font-weight: 700; }
.then { display: grid; gap: 0 2.5rem; }
.changed { padding: .6rem .9rem; border-inline-start: 4px solid var(--warn); background: var(--warn-ground); }
.changed .bar { display: none; }
.changed .quiet, .changed .about, .changed .details, .changed .people dt, .changed .minutes, .changed .role { color: var(--ink); }
.mark-word { margin-inline-start: .4rem; color: var(--warn); font: 600 .85rem var(--sans); }
.whatchanged { margin-block: .5rem; color: var(--warn); font-size: .9rem; }
.whatchanged li + li { margin-block-start: .3rem; }
.spaced { margin-block-start: 1rem; }
@media (min-width: 62rem) {
  .fields { grid-template-columns: repeat(3, minmax(0, 1fr)) 9.5rem 9.5rem auto; }
  body.two { max-width: 84rem; }
  .then { grid-template-columns: minmax(18rem, 2fr) minmax(0, 3fr); }
}
@media print {
  form, .pages, .around, .skip { display: none; }
  .then { display: block; }
  .changes > li { break-inside: avoid; }
}
`;
