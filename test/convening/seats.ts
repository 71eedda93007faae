import type { AppearanceCommand } from '../../src/convening/appearances.decider.js';
import type { AppearanceState, Credit } from '../../src/convening/appearances.events.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import { noConvening, type Convening, type Session } from '../../src/convening/convening.js';
import type { Decider } from '../../src/deciding/decider.js';
import { told } from '../../src/event-store/personal.js';
import { now, openTold, organiser, specification } from '../given.js';

// A panel with a slot and a dinner without, a judge, a bishop and a minister’s seat: what the specifications of appearances tell of.

/** Of the panel. */
export const slot = { room: 'simba', start: '2013-05-27T09:00+03:00', end: '2013-05-27T10:30+03:00' };
const session = (id: string): Session => ({
  id, details: { kind: 'panel', title: { en: id }, interpretation: [], audience: 'public', links: [] },
  items: [], appearances: new Map(), cancelled: false, published: false, revision: 0,
});
export const planned = (): Convening => ({
  ...noConvening(), phase: 'planned', details: { title: { en: 'Arusha' }, languages: ['en', 'fr'], organisers: [], links: [] },
  sessions: new Map([
    ['panel', { ...session('panel'), slot: { ...slot, starts: Date.parse(slot.start), ends: Date.parse(slot.end) } }],
    ['dinner', session('dinner')],
  ]),
});

const decider = (change: (convening: Convening) => void = () => undefined): Decider<Convening, AppearanceCommand, ConveningEvent> => ({
  ...conveningDecider,
  initial: planned,
  decide: (state, command, given) => {
    change(state);
    return conveningDecider.decide(state, command, given);
  },
});
export const given = specification(decider());
export const after = (change: (convening: Convening) => void, circumstances = {}) => specification(decider(change), circumstances);
const convening = (...history: ConveningEvent[]) => {
  const state = planned();
  history.forEach((event, revision) => decider().evolve(state, event, { revision: revision + 1, at: now }));
  return state;
};
/** The panel as these facts make it; the first has revision 1. */
export const folded = (...history: ConveningEvent[]) => convening(...history).sessions.get('panel')!;
/** What is decided after these facts; a refusal is thrown. */
export const decided = (command: AppearanceCommand, ...history: ConveningEvent[]) =>
  decider().decide(convening(...history), command, { now, actor: organiser, open: openTold });
export const seat = (...history: ConveningEvent[]) => folded(...history).appearances.get('a1');

export const judge = '0196f3c2-0000-4000-8000-000000000001';
export const bishop = '0196f3c2-0000-4000-8000-000000000002';
export const a1 = { session: 'panel', appearance: 'a1' };
export const a2 = { session: 'panel', appearance: 'a2' };
export const credit: Credit = { honorific: 'Hon.', name: 'Amina Juma', position: { en: 'Judge' } };
export const minister = { position: { en: 'Minister of Justice' } };
export const proposed = { type: 'AppearanceProposed', data: { ...a1, role: 'speaker', person: judge, credit: told(judge, credit) } } as const;
export const other = { type: 'AppearanceProposed', data: { ...a2, role: 'speaker', person: bishop, credit: told(bishop, { name: 'Paul Moyo' }) } } as const;
export const unnamed = { type: 'AppearanceProposed', data: { ...a1, role: 'speaker', office: minister } } as const;
export const invited = { type: 'AppearanceInvited', data: { ...a1, by: organiser, way: 'email' } } as const;
export const confirmed = { type: 'AppearanceConfirmed', data: { ...a1, by: judge, slot } } as const;
export const declined = { type: 'AppearanceDeclined', data: { ...a1, by: judge } } as const;
export const tentative = { type: 'AppearanceTentativelyConfirmed', data: { ...a1, by: judge, slot } } as const;
export const withdrawn = { type: 'AppearanceWithdrawn', data: { ...a1, by: judge } } as const;
export const cancelled = { type: 'AppearanceCancelled', data: { ...a1, by: organiser } } as const;
export const attended = (from: AppearanceState, to: 'appeared' | 'absent') => ({ type: 'AttendanceRecorded', data: { ...a1, by: organiser, from, to } }) as const;
export const inPlace = { type: 'AppearanceProposed', data: { ...a2, role: 'speaker', person: bishop, credit: told(bishop, { name: 'Paul Moyo' }), replaces: 'a1' } } as const;
export const replaced = { type: 'AppearanceReplaced', data: { ...a1, by: organiser, with: 'a2' } } as const;

export const propose = { type: 'ProposeAppearance', data: { ...a1, role: 'speaker', person: judge, credit } } as const;
export const proposeOffice = { type: 'ProposeAppearance', data: { ...a1, role: 'speaker', credit: minister } } as const;
export const invite = { type: 'InviteAppearance', data: { ...a1, way: 'email' } } as const;
export const confirm = { type: 'ConfirmAppearance', data: a1 } as const;
export const decline = { type: 'DeclineAppearance', data: a1 } as const;
export const withdraw = { type: 'WithdrawAppearance', data: a1 } as const;
export const cancel = { type: 'CancelAppearance', data: a1 } as const;
export const attend = (to: 'appeared' | 'absent') => ({ type: 'RecordAttendance', data: { ...a1, to } }) as const;
export const remove = { type: 'RemoveAppearance', data: a1 } as const;
export const replace = { type: 'ReplaceAppearance', data: { ...a1, with: { appearance: 'a2', person: bishop, credit: { name: 'Paul Moyo' } } } } as const;
export const name = { type: 'NameAppearance', data: { ...a1, person: judge, credit } } as const;
type Changed = Extract<AppearanceCommand, { type: 'ChangeAppearance' }>['data'];
export const change = (to: Omit<Changed, keyof typeof a1>) => ({ type: 'ChangeAppearance', data: { ...a1, ...to } }) as const;
export const creditChanged = { type: 'CreditChanged', data: { ...a1, from: told(judge, credit), to: told(judge, { name: 'Amina Juma' }) } } as const;
export const roleChanged = { type: 'RoleChanged', data: { ...a1, from: 'speaker', to: 'chair' } } as const;
