import type { ConveningCommand } from '../../src/convening/convening.decider.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { Convening } from '../../src/convening/convening.js';
import { Refusal } from '../../src/deciding/refusal.js';
import type { Recorded } from '../../src/event-store/event.js';
import { openTold, organiser } from '../given.js';
import { planned } from './arusha.js';

// A long story of a convening: thousands of commands, the same each time, that plan, answer, move, cancel, publish and take back.

export type Told = ConveningEvent & { readonly recorded: Recorded };

/** Numbers that look like chance and are the same each time. */
const dice = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 4_294_967_296) * below);
};

export const people = Array.from({ length: 6 }, (_, n) => `4c1f8f3e-20d1-4f1b-8a55-00000000000${n}`);
const sessions = ['one', 'two', 'three', 'constructor', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const rooms = ['simba', 'tembo', 'constructor'];
const words = ['Law & memory', 'Questions', '=1+1', 'Über <alles>', 'Welcome'];

const commands = (roll: (below: number) => number): ConveningCommand => {
  const one = <T>(of: readonly T[]): T => of[roll(of.length)]!;
  const [session, room, appearance, person] = [one(sessions), one(rooms), one(['a1', 'a2', 'constructor']), one(people)];
  const slot = (): { room?: string; start: string; end: string } => {
    const hour = 8 + roll(9);
    const at = (minutes: string) => `2013-05-${one(['27', '28'])}T${String(hour).padStart(2, '0')}:${minutes}`;
    const start = at('00');
    return { ...(roll(5) && { room }), start, end: `${start.slice(0, 13)}:45` };
  };
  const seat = { session, appearance };
  const kinds: readonly (() => ConveningCommand)[] = [
    () => ({ type: 'PlanSession', data: { session, kind: one(['talk', 'panel', 'break']), title: one(words), audience: one(['public', 'public', 'participants', 'internal']), ...(roll(2) && { notes: one(words) }) } }),
    () => ({ type: 'ScheduleSession', data: { session, slot: slot() } }),
    () => ({ type: 'ScheduleSession', data: { session, slot: slot() } }),
    () => ({ type: 'UnscheduleSession', data: { session } }),
    () => ({ type: 'ChangeSession', data: { session, to: { title: { en: one(words), fr: one(words) }, subtitle: one([one(words), null]), language: one(['en', 'fr', null]) }, notes: one([one(words), null]) } }),
    () => ({ type: 'ChangeSession', data: { session, to: { audience: one(['public', 'participants', 'internal']), track: one(['justice', 'media', null]), interpretation: one([[], ['fr'], ['fr', 'sw']]), links: one([[], [{ kind: 'note', title: one(words), url: 'https://example.org/note' }]]) } } }),
    () => ({ type: 'CancelSession', data: { session } }),
    () => ({ type: 'ReinstateSession', data: { session } }),
    () => ({ type: 'RemoveSession', data: { session } }),
    () => ({ type: 'ProposeAppearance', data: { ...seat, person, role: one(['speaker', 'panellist', 'interpreter', 'chair']), credit: { name: one(words), position: one(words) } } }),
    () => ({ type: 'ProposeAppearance', data: { ...seat, role: 'speaker', credit: { position: one(words) } } }),
    () => ({ type: 'NameAppearance', data: { ...seat, person, credit: { name: one(words) } } }),
    () => ({ type: 'InviteAppearance', data: { ...seat, way: 'email' } }),
    () => ({ type: 'ConfirmAppearance', data: seat }),
    () => ({ type: 'ConfirmAppearance', data: seat }),
    () => ({ type: 'MakeAppearanceTentative', data: seat }),
    () => ({ type: 'DeclineAppearance', data: seat }),
    () => ({ type: 'WithdrawAppearance', data: seat }),
    () => ({ type: 'CancelAppearance', data: seat }),
    () => ({ type: 'RemoveAppearance', data: seat }),
    () => ({ type: 'ChangeAppearance', data: { ...seat, credit: { name: one(words), position: one(words) }, represents: one([one(words), null]), role: one(['speaker', 'chair']) } }),
    () => ({ type: 'ReplaceAppearance', data: { ...seat, with: { appearance: one(['b1', 'b2']), person, credit: { name: one(words) } } } }),
    () => ({ type: 'SetRunningOrder', data: { session, items: ['i1', 'i2', 'i3'].slice(0, roll(4)).map((id) => ({ id, title: one(words), minutes: 5 + roll(9), audience: one(['public', 'internal']), ...(roll(2) && { appearance }) })) } }),
    () => ({ type: 'AddRoom', data: { room, name: one(words), capacity: 10 + roll(90) } }),
    () => ({ type: 'ChangeRoom', data: { room, to: { name: one(words), capacity: one([10 + roll(90), null]) } } }),
    () => ({ type: 'RemoveRoom', data: { room } }),
    () => ({ type: 'AddTrack', data: { track: one(['justice', 'media']), name: one(words), colour: '#204a87' } }),
    () => ({ type: 'ChangeTrack', data: { track: one(['justice', 'media']), to: { name: one(words), colour: one(['#aa0000', null]) } } }),
    () => ({ type: 'RemoveTrack', data: { track: one(['justice', 'media']) } }),
    () => ({ type: 'StateAvailability', data: { person, unavailable: one([[], [{ start: '2013-05-27T09:00', end: '2013-05-27T12:00' }]]) } }),
    () => ({ type: 'ChangeConvening', data: { to: { title: one(words), subtitle: one([one(words), null]) }, ...(roll(3) === 0 && { zone: one(['Africa/Dar_es_Salaam', 'Europe/Zurich']) }), ...(roll(3) === 0 && { end: one(['2013-05-28', '2013-05-29']) }) } }),
    () => ({ type: 'ChangeConvening', data: { policy: { names: one(['confirmed', 'confirmed-and-tentative']), reconfirm: one(['never', 'time', 'time-or-room']) } } }),
  ];
  return one(kinds)();
};

const ordering = (convening: Convening, roll: (below: number) => number): ConveningCommand => {
  const turned = <T>(ids: readonly T[]): T[] => (ids.length ? [...ids.slice(1 + roll(ids.length - 1)), ...ids.slice(0, 1 + roll(ids.length - 1))] : []);
  const order = turned([...convening.sessions.keys()]);
  return { type: 'ReorderSessions', data: { order: [...new Set([...order, ...convening.sessions.keys()])] } };
};

const begins = Date.parse('2013-01-07T08:00:00.000Z');

/** What these many commands made, with when: some in the same millisecond. What is refused makes nothing. */
export const story = (asked: number, seed = 7): readonly Told[] => {
  const roll = dice(seed);
  const convening = conveningDecider.initial();
  const facts: Told[] = [];
  let at = begins;
  const ask = (command: ConveningCommand) => {
    at += roll(4) * 20_000;
    const now = new Date(at).toISOString();
    try {
      for (const event of conveningDecider.decide(convening, command, { now, actor: organiser, open: openTold, reason: 'the story goes on' })) {
        const told = { ...event, recorded: { revision: convening.revision + 1, at: now } } as Told; // the event with its place
        conveningDecider.evolve(convening, told, told.recorded);
        facts.push(told);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  };
  const { policy, convening: id, ...data } = planned.data;
  ask({ type: 'PlanConvening', data: { ...data, convening: id, policy: { ...policy, conflicts: { 'room-taken': 'warn', 'person-in-two-places': 'warn' } } } });
  for (let n = 0; n < asked; n += 1) {
    if (n % 100 === 99) ask({ type: 'PublishAgenda', data: { label: `version-of-${n}`, audience: n % 300 === 299 ? 'participants' : 'public' } });
    else if (n % 100 === 50 && n > 300) ask({ type: 'WithdrawPublication', data: { number: 1 + roll(convening.publications.length) } });
    else if (n % 40 === 20) ask(ordering(convening, roll));
    else ask(commands(roll));
  }
  // As the log gives them back: nobody else holds them.
  return JSON.parse(JSON.stringify(facts)) as Told[];
};

/** A state as one text, orders and all. */
export const textOf = (convening: Readonly<Convening>): string =>
  JSON.stringify(convening, (_, value: unknown) => (value instanceof Map ? { entries: [...value] } : value && typeof value === 'object' && !Array.isArray(value) ? sorted(value) : value));

const sorted = (value: object): object => Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
