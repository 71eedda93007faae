import type { AppearanceProposed, Role } from '../../src/convening/appearances.events.js';
import type { Convening } from '../../src/convening/convening.js';
import { conveningDecider, type ConveningCommand } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { ConveningPlanned } from '../../src/convening/details.events.js';
import { defaultPolicy, type GivenPolicy } from '../../src/convening/policy.events.js';
import type { RoomAdded } from '../../src/convening/rooms.events.js';
import type { SessionKind, SessionPlanned } from '../../src/convening/sessions.events.js';
import type { SessionScheduled, Slot } from '../../src/convening/slots.events.js';
import { told } from '../../src/event-store/personal.js';
import { fold } from '../../src/deciding/decider.js';
import { now, openTold, organiser, specification } from '../given.js';

/** Two days in Arusha, as far as the specifications need them. */
export const withPolicy = ({ conflicts, ...rest }: GivenPolicy): ConveningPlanned => ({
  type: 'ConveningPlanned',
  data: {
    convening: 'arusha-2013', title: { en: 'Preventing genocide' }, languages: ['en'], organisers: [], links: [], capacity: 120,
    start: '2013-05-27', end: '2013-05-28', zone: 'Africa/Dar_es_Salaam',
    policy: { ...defaultPolicy, ...rest, conflicts: { ...defaultPolicy.conflicts, ...conflicts } },
  },
});
export const planned = withPolicy({});

export const room = (id: string, capacity?: number): RoomAdded => ({
  type: 'RoomAdded', data: { room: id, name: { en: id }, ...(capacity === undefined ? {} : { capacity }) },
});
export const simba = room('simba', 200);
export const tembo = room('tembo', 40);

export const session = (id: string, kind: SessionKind = 'talk'): SessionPlanned => ({
  type: 'SessionPlanned', data: { session: id, kind, title: { en: id }, interpretation: [], audience: 'public', links: [] },
});
export const talk = session('talk');
export const lecture = session('lecture');

/** `at('simba', '09:00', '10:30')`: on the first day, unless another is named; `null`: no room yet. */
export const at = (where: string | null, from: string, to: string, day = '2013-05-27'): Slot => ({
  ...(where === null ? {} : { room: where }), start: `${day}T${from}+03:00`, end: `${day}T${to}+03:00`,
});
export const morning = at('simba', '09:00', '10:30');
export const afternoon = at('simba', '14:00', '15:30');

export const scheduled = (id: string, slot: Slot): SessionScheduled => ({ type: 'SessionScheduled', data: { session: id, slot } });
export const moved = (id: string, from: Slot, to: Slot) => ({ type: 'SessionMoved', data: { session: id, from, to } }) as const;
export const schedule = (id: string, slot: Slot) => ({ type: 'ScheduleSession', data: { session: id, slot } }) as const;

export const judge = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a01';
export const bishop = '4c1f8f3e-20d1-4f1b-8a55-b87d2c9c0a02';
export const proposed = (id: string, appearance: string, person: string, role: Role = 'speaker'): AppearanceProposed => ({
  type: 'AppearanceProposed', data: { session: id, appearance, role, person, credit: told(person, { name: 'Amina Juma' }) },
});
export const confirmed = (id: string, appearance: string, slot?: Slot) =>
  ({ type: 'AppearanceConfirmed', data: { session: id, appearance, by: organiser, ...(slot ? { slot } : {}) } }) as const;

export const published = (label: string, number = 1) => ({ type: 'AgendaPublished', data: { number, label, audience: 'public' } }) as const;

/** The convening that these facts make. */
export const folded = (...events: readonly ConveningEvent[]): Convening =>
  fold(conveningDecider, events.map((event, revision) => ({ ...event, recorded: { revision, at: now } })));

/** What becomes of a convening when this is asked of it. @throws Refusal */
export const decide = (convening: Convening, command: ConveningCommand, reason?: string) =>
  conveningDecider.decide(convening, command, { now, actor: organiser, open: openTold, ...(reason === undefined ? {} : { reason }) });

const specify = (circumstances: { now?: string; reason?: string } = {}) => specification(conveningDecider, circumstances);
export const given = specify();
export const givenWhy = specify({ reason: 'a printing error' });
/** On the last day, in the evening. */
export const givenAtTheEnd = specify({ now: '2013-05-28T15:00:00.000Z' });
