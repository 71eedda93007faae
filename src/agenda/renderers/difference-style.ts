/** What the page of a difference has beside the agenda's look. On a phone a field's name stands above its two sides, which stay beside each other. */
export const differenceStyle = `
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-block-start: 1rem; padding-block: .6rem; border-block: 1px solid var(--line); }
.sides dt { color: var(--quiet); font-size: .85rem; font-weight: 600; }
.summary { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin-block-start: 1rem; }
.summary b { color: var(--accent); }
.change { border-block-start: 1px solid var(--line); padding-block: 1.1rem; scroll-margin-block-start: 1rem; }
.kinds { display: flex; flex-wrap: wrap; gap: .3rem .5rem; margin-block: .35rem .6rem; font-size: .85rem; font-weight: 600; }
.kinds span { padding: .05rem .5rem; border: 1px solid currentColor; border-radius: 1rem; color: var(--accent); }
.of { margin-block-start: .8rem; color: var(--quiet); font-size: .85rem; font-weight: 600; }
.part { margin-block-start: .5rem; padding-inline-start: .8rem; border-inline-start: .2rem solid var(--line); }
.part.added { border-color: var(--accent); }
.part.removed { border-color: var(--warn); }
h4, .part > h3 { margin: 0; font: 600 1rem/1.4 var(--sans); }
h4 .word, .part > h3 .word { color: var(--quiet); font-size: .85rem; font-weight: 400; }
.removed h4 .word, .part > h3 .word { color: var(--warn); }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: .3rem .6rem .3rem 0; text-align: start; vertical-align: top; }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
tbody th { color: var(--quiet); font-size: .85rem; font-weight: 600; line-height: 1.8; }
td bdi { white-space: pre-line; }
.from { color: var(--quiet); }
.to { padding-inline: .6rem; background: var(--sunk); }
@media (max-width: 45.99rem) {
  table, tbody { display: block; }
  colgroup { display: none; }
  tbody tr { display: grid; grid-template-columns: 1fr 1fr; }
  tbody th { grid-column: 1 / -1; padding-block-end: 0; }
}
@media (min-width: 46rem) {
  .field { width: 11rem; }
  .part .field { width: 10rem; }
  .sides { grid-template-columns: 11rem 1fr 1fr; gap: 0; }
  .sides div:first-child { grid-column: 2; }
  .sides div:last-child { padding-inline-start: .6rem; }
}
@media print { .change, .part { break-inside: avoid; } .to { background: none; } }
`;
