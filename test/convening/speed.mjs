import { conflictsOf } from '../../dist/convening/conflict.rules.js';
import { conveningDecider } from '../../dist/convening/convening.decider.js';
import { defaultPolicy } from '../../dist/convening/policy.events.js';
import { holdingInSteps } from '../../dist/convening/publications.rules.js';
import { drained } from '../../dist/event-store/steps.js';

// How long pure decisions take, in milliseconds: run in a process of its own, because inside the test runner every global costs.
// The least of many runs is what the code needs; the rest is the machine's noise.

const now = '2013-03-01T08:00:00.000Z';
const slot = (room, from, to, day) => ({ ...(room && { room }), start: `${day}T${from}+03:00`, end: `${day}T${to}+03:00` });
const planned = {
  type: 'ConveningPlanned',
  data: {
    convening: 'large', title: { en: 'Large' }, languages: ['en'], organisers: [], links: [], start: '2013-05-27', end: '2013-05-28',
    zone: 'Africa/Dar_es_Salaam', policy: defaultPolicy,
  },
};

/** Ten facts a session: planned, scheduled, moved three times, changed, two people, one of them confirmed, an item. */
const aSession = (n) => {
  const session = `s${n}`;
  const hour = String(6 + (Math.floor(n / 2) % 16)).padStart(2, '0');
  const at = (shift) => slot(`room-${Math.floor(n / 32)}`, `${hour}:0${shift}`, `${hour}:50`, n % 2 ? '2013-05-28' : '2013-05-27');
  const seat = (appearance, person, role) =>
    ({ type: 'AppearanceProposed', data: { session, appearance, role, person, credit: { of: person, sealed: 'c2VhbGVk' } } });
  return [
    { type: 'SessionPlanned', data: { session, kind: 'talk', title: { en: session }, interpretation: [], audience: 'public', links: [] } },
    { type: 'SessionScheduled', data: { session, slot: at(0) } },
    seat('a1', `person-${n}`, 'speaker'), seat('a2', `person-${n % 700}`, 'panellist'),
    ...[0, 1, 2].map((shift) => ({ type: 'SessionMoved', data: { session, from: at(shift), to: at(shift + 1) } })),
    { type: 'SessionDetailsChanged', data: { session, from: { language: null }, to: { language: 'en' } } },
    { type: 'ItemAdded', data: { session, item: { id: 'i', title: { en: 'Welcome' }, audience: 'public' } } },
    { type: 'AppearanceConfirmed', data: { session, appearance: 'a1', by: `person-${n}` } },
  ];
};
const facts = (sessions) => [
  planned,
  ...Array.from({ length: 63 }, (_, n) => ({ type: 'RoomAdded', data: { room: `room-${n}`, name: { en: `Room ${n}` } } })),
  ...Array.from({ length: sessions }, (_, n) => aSession(n)).flat(),
];
const folded = (history) => {
  const state = conveningDecider.initial();
  history.forEach((event, revision) => conveningDecider.evolve(state, event, { revision, at: now }));
  return state;
};
const least = (times, measure) => {
  let best = Infinity;
  for (let run = 0; run < times; run++) {
    const began = performance.now();
    measure();
    best = Math.min(best, performance.now() - began);
  }
  return best;
};

const history = facts(2000);
const [large, small] = [folded(history), folded(facts(2))];
const given = { now, actor: 'organiser', open: (value) => value };
const commands = {
  schedule: { type: 'ScheduleSession', data: { session: 's1', slot: slot('room-0', '22:00', '23:00', '2013-05-27') } },
  plan: { type: 'PlanSession', data: { session: 'new', kind: 'talk', title: 'New' } },
  change: { type: 'ChangeSession', data: { session: 's1', to: { kind: 'panel' } } },
  confirm: { type: 'ConfirmAppearance', data: { session: 's1', appearance: 'a2' } },
};
const decide = (state, command) => least(500, () => conveningDecider.decide(state, command, given));

console.log(JSON.stringify({
  facts: history.length,
  fold: least(60, () => folded(history)),
  conflicts: least(60, () => conflictsOf(large)),
  holding: least(30, () => drained(holdingInSteps(large))),
  // What a command costs more on 2,000 sessions than on two.
  more: Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, decide(large, command) - decide(small, command)])),
}));
