/**
 * The house: who may know whom. Three kinds of rules: floors (each stands only on those below it), areas (they meet in facts),
 * and suffixes (what a file is says what it may import). Each is proved by a seeded violation in test/architecture/.
 */

const { builtinModules } = require('node:module');

/** From the roof to the ground. */
const floors = [
  ['main\\.ts$', 'baraza\\.ts$', 'app\\.module\\.ts$', 'ground\\.ts$', 'cli/'],
  ['history/', 'notices/'],
  ['agenda/'],
  ['convening/', 'registration/', 'people/', 'proceedings/'],
  ['http/', 'access/'],
  ['deciding/', 'projecting/'],
  ['event-store/'],
  ['config\\.ts$'],
];

/** The parts of the trade: each has its facts, and its files carry a suffix. */
const areas = ['convening', 'agenda', 'registration', 'people', 'proceedings', 'notices', 'history'];
const area = `^src/(${areas.join('|')})/`;

const suffixes = ['events', 'decider', 'rules', 'handler', 'projection', 'process', 'queries', 'renderer', 'requests', 'http', 'module'];
const suffix = (...names) => `\\.(${names.join('|')})\\.ts$`;

/** Of the area that the rule's `from` found. */
const own = (...names) => `^src/$1/.*${suffix(...names)}`;
/** The fold of an area has the area's name; so has the view that the agenda is. */
const ownFold = '^src/$1/$1\\.ts$';
/** The table that merges the parts of an area's decider: who reads facts folds them with it. */
const ownDecider = '^src/$1/$1\\.decider\\.ts$';
const anyEvents = `^src/[^/]+/.*${suffix('events')}`;
/** Plain values: they stand for themselves and know nothing of the area. */
const plainValues = ['^src/event-store/(event|personal|steps)\\.ts$', '^src/convening/texts\\.ts$'];
const values = [...plainValues, '^src/convening/times\\.ts$'];
/** What a decision is made of: the shape of a part, what changes in a thing, and how one says no. */
const decisions = '^src/deciding/(decider|refusal|changes)\\.ts$';
/** How things are said and look: what writes for people uses it. */
const words = '^src/(agenda|history)/renderers/';
/** Files without a suffix that an area has all the same: its fold or view, its values, its words. */
const named = ['^src/(?<area>[^/]+)/\\k<area>\\.ts$', ...values, '^src/agenda/difference\\.ts$', '^src/(agenda|history)/renderers/'];

/** Files of a suffix import this of src/ and nothing else. */
const imports = (name, ...allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: `${area}.*${suffix(name)}` },
  to: { path: '^src/', pathNot: allowed.flat() },
});

/** For rules about a file's name: they match it however many use it (the cruiser counts to 100). */
const whatever = { numberOfDependentsLessThan: 100 };

const floor = (places) => `^src/(${places.join('|')})`;

module.exports = {
  forbidden: [
    ...floors.slice(1).map((places, index) => ({
      name: 'floors',
      comment: 'A floor stands only on those below it.',
      severity: 'error',
      from: { path: floor(places) },
      to: { path: floor(floors.slice(0, index + 1).flat()) },
    })),
    {
      name: 'pillars',
      comment: 'Deciding and projecting are two pillars on one ground: they do not know each other.',
      severity: 'error',
      from: { path: '^src/(deciding|projecting)/' },
      to: { path: '^src/(deciding|projecting)/', pathNot: '^src/$1/' },
    },
    {
      name: 'on-a-floor',
      comment: 'What is in src/ has a place on a floor.',
      severity: 'error',
      module: { path: '^src/', pathNot: floor(floors.flat()), ...whatever },
      from: {},
    },
    {
      name: 'has-a-suffix',
      comment: 'The suffix of a file says what it is; an area has few files without one.',
      severity: 'error',
      module: { path: area, pathNot: [suffix(...suffixes), ...named], ...whatever },
      from: {},
    },
    {
      name: 'names-of-the-trade',
      comment: 'Things have names of their own: no drawer for the rest, and no file that only hands names on.',
      severity: 'error',
      module: { path: '(^|/)(common|utils?|shared|helpers?|misc|lib)(/|\\.ts$)|(^|/)index\\.ts$', pathNot: 'node_modules', ...whatever },
      from: {},
    },
    { name: 'circles', severity: 'error', from: {}, to: { circular: true } },

    {
      name: 'areas',
      comment: 'An area reads another one’s facts and values, and asks what is known of a convening; modules are wired to modules.',
      severity: 'error',
      from: { path: area, pathNot: [suffix('module'), '^src/(agenda|history)/'] },
      to: { path: area, pathNot: ['^src/$1/', anyEvents, ...values, '^src/convening/convening\\.queries\\.ts$'] },
    },
    {
      name: 'areas-of-readers',
      comment: 'The agenda and the history also read the convening’s fold, what its rules say of it, and its queries; the history reads the agenda’s view, speaks with its words, and asks who is registered by a name.',
      severity: 'error',
      from: { path: '^src/(agenda|history)/', pathNot: suffix('module') },
      to: { path: area, pathNot: ['^src/$1/', anyEvents, ...values, '^src/convening/convening\\.ts$', `^src/convening/.*${suffix('rules', 'queries')}`, '^src/agenda/(agenda|difference)\\.ts$', '^src/agenda/renderers/', '^src/registration/lists\\.queries\\.ts$'] },
    },

    {
      name: 'events-import',
      comment: 'Facts stand for ever: they know facts and plain values, and no package.',
      severity: 'error',
      from: { path: `${area}.*${suffix('events')}` },
      to: { pathNot: [anyEvents, ...plainValues] },
    },
    {
      name: 'pure',
      comment: 'Decisions, rules, folds and views reach no clock, file or socket, not even through others.',
      severity: 'error',
      from: { path: `^src/.*${suffix('events', 'decider', 'rules', 'renderer')}|^src/convening/[^/.]+\\.ts$|^src/registration/[^/.]+\\.ts$|^src/agenda/(agenda|difference)\\.ts$|^src/history/(history\\.ts$|renderers/)` },
      to: { path: `^(node:)?(${builtinModules.join('|')})$`, reachable: true },
    },
    imports('decider', own('events', 'rules', 'decider'), anyEvents, ownFold, values, decisions),
    imports('rules', own('events', 'rules'), anyEvents, ownFold, values, decisions),
    imports('handler', own('events', 'decider'), ownFold, values, '^src/(deciding|event-store)/'),
    imports('projection', own('events', 'rules', 'projection'), anyEvents, ownFold, ownDecider, values, '^src/(deciding/decider\\.ts$|projecting/|event-store/)'),
    imports('process', own('events', 'queries', 'handler'), anyEvents, values, '^src/(deciding|event-store)/'),
    imports('queries', own('events', 'rules', 'projection', 'renderer', 'queries'), anyEvents, ownFold, ownDecider, values, '^src/convening/(convening|convening\\.queries|as-of\\.queries)\\.ts$', '^src/agenda/(agenda|difference)\\.ts$', words, '^src/registration/lists\\.queries\\.ts$', '^src/(deciding|projecting|event-store|http)/'),
    // What the agenda shows is told in the types of the facts it comes from.
    imports('renderer', ownFold, anyEvents, '^src/agenda/(agenda|difference)\\.ts$', words, values, '^src/http/(html|plain-page)\\.ts$'),
    imports('requests', own('events', 'requests'), anyEvents, values, '^src/http/'),
    imports('http', own('requests', 'handler', 'queries', 'renderer', 'events', 'http'), ownFold, anyEvents, '^src/convening/convening\\.queries\\.ts$', words, values, '^src/(http|access)/', decisions),
    {
      name: 'module-imports',
      comment: 'A module wires its own area, the machinery, and other modules.',
      severity: 'error',
      from: { path: `${area}.*${suffix('module')}` },
      to: { path: area, pathNot: ['^src/$1/', suffix('module')] },
    },

    {
      name: 'declared-packages',
      comment: 'What ships uses only packages that are installed with it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    },
    { name: 'found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], mainFields: ['module', 'main', 'types'] },
  },
};
