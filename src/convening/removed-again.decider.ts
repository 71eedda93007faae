import { same } from '../deciding/changes.js';
import { Refusal } from '../deciding/refusal.js';
import type { DataOf } from '../event-store/event.js';
import type { Personal } from '../event-store/personal.js';
import type { Appearance, Convening, Session } from './convening.js';
import type { ConveningEvent } from './convening.events.js';
import { inPlaceOf } from './order.rules.js';
import type { StepCommand } from './programme-draft.decider.js';
import { slotOf } from './times.js';

/** The ids of a convening's rooms, tracks and sessions, in their order. */
export type Orders = Readonly<Record<'rooms' | 'tracks' | 'sessions', readonly string[]>>;

/** What is known of what was removed. */
interface Known {
  readonly state: Readonly<Convening>;
  readonly before: { readonly orders: Orders; readonly sessions: ReadonlyMap<string, Session> };
}
type Read = <T>(value: Personal<T>) => T;

/** The held ids with one more (unless it is there), which stands where it stood among those that are still there. */
export const withIts = (held: Iterable<string>, id: string, order: readonly string[]): readonly string[] => {
  const all = [...new Set([...held, id])];
  return inPlaceOf(all, order.filter((each) => all.includes(each)));
};

const proposed = (session: string, { id: appearance, role, person, credit, office, represents }: Appearance, read: Read): StepCommand => ({
  type: 'ProposeAppearance',
  data: { session, appearance, role, ...(person && credit ? { person, credit: read(credit) } : office && { credit: office }), ...(represents && { represents }) },
});

/** What is asked for to have a session as it is, but for its place among the others. */
const stepsOf = ({ id: session, details, notes, slot, items, appearances, cancelled }: Session, read: Read): readonly StepCommand[] => [
  { type: 'PlanSession', data: { session, ...details, ...(notes && { notes: read(notes) }) } },
  ...(slot ? [{ type: 'ScheduleSession', data: { session, slot: slotOf(slot) } } as const] : []),
  ...[...appearances.values()].map((seat) => proposed(session, seat, read)),
  ...(items.length > 0 ? [{ type: 'SetRunningOrder', data: { session, items } } as const] : []),
  ...(cancelled ? [{ type: 'CancelSession', data: { session } } as const] : []),
];

/** What stands under the id is what was removed: it is there again already. @throws Refusal changed-since, it is another, or is otherwise */
const mustBeIt = (now: readonly StepCommand[], was: readonly StepCommand[]): readonly [] => {
  if (same(now, was)) return [];
  throw new Refusal('changed-since', { now: now[0]?.data ?? null, then: null });
};

/** A session that was removed, with what it had: nobody had been invited to it. @throws Refusal changed-since, another has its id */
export const sessionAgain = (session: string, { state, before }: Known, read: Read): readonly StepCommand[] => {
  const was = before.sessions.get(session);
  if (!was) return [];
  const there = state.sessions.get(session);
  if (there) return mustBeIt(stepsOf(there, read), stepsOf(was, read));
  return [...stepsOf(was, read), { type: 'ReorderSessions', data: { order: withIts(state.sessions.keys(), session, before.orders.sessions) } }];
};

/** A seat that was removed: nobody had been invited to it. @throws Refusal changed-since, another has its id */
export const proposalAgain = ({ session, appearance }: DataOf<ConveningEvent, 'AppearanceRemoved'>, { state, now, before }: Known & { readonly now: Readonly<Convening> }, read: Read): readonly StepCommand[] => {
  const seats = before.sessions.get(session)?.appearances;
  const was = seats?.get(appearance);
  const held = state.sessions.get(session);
  if (!seats || !was || !held) return [];
  const there = held.appearances.get(appearance);
  if (there) return mustBeIt([proposed(session, there, read)], [proposed(session, was, read)]);
  return [
    proposed(session, was, read),
    { type: 'ReorderAppearances', data: { session, order: withIts(held.appearances.keys(), appearance, [...seats.keys()]) } },
    ...namedAgain(held, appearance, now.sessions.get(session)),
  ];
};

/** Where another seat had its id until now and was taken back, the items that name it still do. */
const namedAgain = ({ id: session, items }: Session, appearance: string, now: Session | undefined): readonly StepCommand[] => {
  const naming = new Set(now?.items.filter((item) => item.appearance === appearance).map(({ id }) => id));
  if (!items.some(({ id }) => naming.has(id))) return [];
  return [{ type: 'SetRunningOrder', data: { session, items: items.map((item) => (naming.has(item.id) ? { ...item, appearance } : item)) } }];
};
