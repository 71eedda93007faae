import { beforeAll, describe, expect, it } from '@jest/globals';
import { forbidden, violationsOfEach, violationsOfThisHouse, type Tree } from './house.js';

/** A house of two files, of which the first imports the second. */
const knows = (file: string, other: string): Tree => {
  const up = '../'.repeat(file.split('/').length - 2) || './';
  return { [file]: `import '${up}${other.slice('src/'.length).replace(/\.ts$/, '.js')}';`, [other]: 'export {};' };
};
const text = (path: string, content = 'export {};'): Tree => ({ [path]: content });

const decider = 'src/convening/slots.decider.ts';
const http = 'src/convening/convening.http.ts';
const agenda = 'src/agenda/agenda.ts';
const fold = 'src/convening/convening.ts';

/** Each rule with files that violate it, and with the nearest ones that do not. */
const seeded: readonly (readonly [rule: string, violation: Tree, twin: Tree])[] = [
  ['floors', knows('src/config.ts', 'src/event-store/keys.ts'), knows('src/event-store/keys.ts', 'src/config.ts')],
  ['floors', knows('src/event-store/codec.ts', 'src/deciding/decider.ts'), knows('src/deciding/decider.ts', 'src/event-store/codec.ts')],
  ['floors', knows('src/projecting/runner.ts', 'src/http/positions.ts'), knows('src/http/positions.ts', 'src/projecting/runner.ts')],
  ['floors', knows('src/http/positions.ts', fold), knows('src/convening/convening.http.ts', 'src/http/positions.ts')],
  ['floors', knows('src/http/positions.ts', 'src/app.module.ts'), knows('src/app.module.ts', 'src/http/positions.ts')],
  ['floors', knows('src/agenda/agenda.module.ts', 'src/history/history.module.ts'), knows('src/history/history.module.ts', 'src/agenda/agenda.module.ts')],
  ['pillars', knows('src/projecting/runner.ts', 'src/deciding/decider.ts'), knows('src/projecting/runner.ts', 'src/event-store/event.ts')],
  ['pillars', knows('src/deciding/handling.ts', 'src/projecting/runner.ts'), knows('src/deciding/handling.ts', 'src/deciding/decider.ts')],
  ['on-a-floor', text('src/sending/mail.ts'), text('src/http/mail.ts')],
  ['on-a-floor', text('src/settings.ts'), text('src/config.ts')],
  ['has-a-suffix', text('src/convening/placement.ts'), text('src/convening/placement.rules.ts')],
  ['has-a-suffix', text('src/convening/placement.service.ts'), text(fold)],
  ['names-of-the-trade', text('src/http/utils/dates.ts'), text('src/http/dates.ts')],
  ['names-of-the-trade', text('src/deciding/helpers.ts'), text('src/deciding/clock.ts')],
  ['names-of-the-trade', { ...text('src/deciding/index.ts', "export * from './clock.js';"), ...text('src/deciding/clock.ts') }, text('src/deciding/clock.ts')],
  ['circles', { ...text('src/http/a.ts', "import './b.js';"), ...text('src/http/b.ts', "import './a.js';") }, knows('src/http/a.ts', 'src/http/b.ts')],

  ['areas', knows('src/registration/registration.ts', decider), knows('src/registration/registration.decider.ts', 'src/convening/rooms.events.ts')],
  ['areas', knows('src/registration/registration.ts', fold), knows('src/registration/registration.ts', 'src/convening/rooms.events.ts')],
  ['areas', knows('src/registration/registration.ts', 'src/convening/rooms.rules.ts'), knows('src/registration/registration.ts', 'src/convening/texts.ts')],
  ['areas', knows('src/registration/registration.ts', 'src/convening/details.queries.ts'), knows('src/registration/meetings.queries.ts', 'src/convening/convening.queries.ts')],
  ['areas-of-readers', knows(agenda, decider), knows(agenda, fold)],
  ['areas-of-readers', knows(agenda, 'src/convening/convening.projection.ts'), knows(agenda, 'src/convening/convening.queries.ts')],
  ['areas-of-readers', knows('src/history/history.ts', http), knows('src/history/history.ts', agenda)],
  ['areas-of-readers', knows('src/history/renderers/page.ts', 'src/agenda/agenda.queries.ts'), knows('src/history/renderers/page.ts', 'src/agenda/renderers/words.ts')],

  ['events-import', knows('src/convening/slots.events.ts', fold), knows('src/convening/slots.events.ts', 'src/convening/texts.ts')],
  ['events-import', text('src/convening/slots.events.ts', "import 'rxjs';"), knows('src/convening/slots.events.ts', 'src/event-store/event.ts')],
  ['pure', text(decider, "import 'node:fs';"), text('src/deciding/clock.ts', "import 'node:fs';")],
  [
    'pure',
    { ...text(decider, "import '../event-store/personal.js';"), ...text('src/event-store/personal.ts', "import 'node:crypto';") },
    { ...text('src/deciding/clock.ts', "import '../event-store/personal.js';"), ...text('src/event-store/personal.ts', "import 'node:crypto';") },
  ],
  ['pure', text('src/history/history.ts', "import 'node:fs';"), text('src/history/history.queries.ts', "import 'node:fs';")],
  ['pure', text(agenda, "import 'node:http';"), text('src/agenda/agenda.http.ts', "import 'node:http';")],
  ['decider-imports', knows(decider, 'src/event-store/event-store.ts'), knows(decider, 'src/event-store/personal.ts')],
  ['decider-imports', knows(decider, 'src/deciding/handling.ts'), knows(decider, 'src/deciding/refusal.ts')],
  ['decider-imports', knows(decider, 'src/deciding/handling.ts'), knows(decider, 'src/deciding/changes.ts')],
  ['decider-imports', knows(decider, 'src/convening/slots.requests.ts'), knows(decider, 'src/convening/slots.rules.ts')],
  ['rules-imports', knows('src/convening/slots.rules.ts', decider), knows('src/convening/slots.rules.ts', fold)],
  ['handler-imports', knows('src/convening/convening.handler.ts', 'src/convening/convening.queries.ts'), knows('src/convening/convening.handler.ts', decider)],
  ['handler-imports', knows('src/convening/convening.handler.ts', 'src/http/problems.ts'), knows('src/convening/convening.handler.ts', 'src/deciding/handling.ts')],
  ['projection-imports', knows('src/convening/convening.projection.ts', 'src/deciding/handling.ts'), knows('src/convening/convening.projection.ts', 'src/projecting/runner.ts')],
  ['process-imports', knows('src/notices/sending.process.ts', 'src/notices/notices.projection.ts'), knows('src/notices/sending.process.ts', 'src/notices/notices.queries.ts')],
  ['queries-imports', knows('src/convening/convening.queries.ts', decider), knows('src/convening/convening.queries.ts', 'src/convening/convening.decider.ts')],
  ['queries-imports', knows('src/convening/convening.queries.ts', 'src/convening/convening.handler.ts'), knows('src/convening/convening.queries.ts', 'src/convening/convening.projection.ts')],
  ['renderer-imports', knows('src/agenda/renderers/markdown.renderer.ts', 'src/agenda/agenda.queries.ts'), knows('src/agenda/renderers/markdown.renderer.ts', agenda)],
  ['requests-imports', knows('src/convening/slots.requests.ts', decider), knows('src/convening/slots.requests.ts', 'src/convening/times.ts')],
  ['http-imports', knows(http, decider), knows(http, 'src/convening/convening.handler.ts')],
  ['http-imports', knows(http, 'src/convening/convening.projection.ts'), knows(http, 'src/convening/convening.queries.ts')],
  ['module-imports', knows('src/agenda/agenda.module.ts', 'src/convening/convening.queries.ts'), knows('src/agenda/agenda.module.ts', 'src/convening/convening.module.ts')],

  ['declared-packages', text('src/http/a.ts', "import 'jest';"), text('src/http/a.ts', "import 'rxjs';")],
  ['found', text('src/http/a.ts', "import './b.js';"), knows('src/http/a.ts', 'src/http/b.ts')],
];

let found: ReadonlyMap<Tree, readonly string[]>;
beforeAll(async () => {
  found = await violationsOfEach(seeded.flatMap(([, ...trees]) => trees));
}, 60_000);
const rulesOf = (tree: Tree) => [...new Set(found.get(tree)?.map((each) => each.split(':')[0]))];

describe('the rules of the house', () => {
  it('hold', async () => expect(await violationsOfThisHouse()).toEqual([]), 60_000);

  it.each(seeded)('see what violates "%s", and that alone', (rule, violation, twin) => expect([rulesOf(violation), rulesOf(twin)]).toEqual([[rule], []]));

  it('are each proved by a violation', () => expect(new Set(seeded.map(([rule]) => rule))).toEqual(new Set(forbidden.map(({ name }) => name))));
});
