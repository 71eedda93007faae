import type { Circumstances } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { told, type PersonId } from '../event-store/personal.js';
import type { AppearanceState, Role, Way } from './appearances.events.js';
import type { Appearance, Convening, Session } from './convening.js';
import type { Slot } from './slots.events.js';

/** Which seat a command is about. */
export interface Seat {
  readonly session: string;
  readonly appearance: string;
}

/** Who said so, how and when, as it may be asked for: plain values. */
export interface GivenSaid {
  readonly by?: PersonId;
  readonly way?: Way;
  /** The instant it was said, not in the future. */
  readonly given?: string;
  readonly note?: string;
}

const open = ['proposed', 'invited', 'tentative', 'confirmed'] as const satisfies readonly AppearanceState[];
const refusing = ['declined', 'withdrawn'] as const satisfies readonly AppearanceState[];

/** In which states each step can happen. Who declined or withdrew may be asked, and may come, after all; a confirmation is withdrawn, not declined. */
export const steps = {
  name: ['proposed', 'invited'],
  invite: ['proposed', 'invited', ...refusing],
  confirm: [...open, ...refusing],
  makeTentative: [...open, ...refusing],
  decline: ['proposed', 'invited', 'tentative', 'declined'],
  withdraw: ['tentative', 'confirmed', 'withdrawn'],
  cancel: [...open, ...refusing, 'cancelled'],
  replace: [...open, ...refusing],
  appeared: [...open, ...refusing, 'cancelled', 'appeared', 'absent'],
  absent: [...open, 'appeared', 'absent'],
} as const satisfies Record<string, readonly AppearanceState[]>;
export type Step = keyof typeof steps;

/** @throws Refusal wrong-state */
export const mayHappen = (step: Step, { state }: Appearance) => {
  const allowed: readonly AppearanceState[] = steps[step];
  if (!allowed.includes(state)) throw new Refusal('wrong-state', { state, allowed });
};

const gone: readonly AppearanceState[] = [...refusing, 'cancelled', 'replaced'];

/** Whether somebody is still meant to come. */
export const isLive = ({ state }: Pick<Appearance, 'state'>) => !gone.includes(state);

/** Nobody has the same role in a session twice. `except`: the seat in question. @throws Refusal appears-already */
export const onlyOnce = ({ appearances }: Session, person: PersonId | undefined, role: Role, except?: string) => {
  if (person === undefined) return;
  for (const other of appearances.values())
    if (other.id !== except && other.person === person && other.role === role && isLive(other)) throw new Refusal('appears-already', { appearance: other.id });
};

/** The session, whatever has become of the convening and of it. @throws Refusal unknown-convening, convening-over (cancelled), unknown-session */
export const sessionToCorrect = ({ phase, sessions }: Readonly<Convening>, id: string): Session => {
  if (phase === 'unplanned') throw new Refusal('unknown-convening');
  if (phase === 'cancelled') throw new Refusal('convening-over');
  const session = sessions.get(id);
  if (!session) throw new Refusal('unknown-session', { session: id });
  return session;
};

/** @throws Refusal convening-over, session-cancelled */
export const canBePlanned = ({ phase }: Readonly<Convening>, session: Session) => {
  if (phase !== 'planned') throw new Refusal('convening-over');
  if (session.cancelled) throw new Refusal('session-cancelled', { session: session.id });
};

/** The session, of which more can be planned. @throws Refusal */
export const sessionToPlan = (convening: Readonly<Convening>, id: string): Session => {
  const session = sessionToCorrect(convening, id);
  canBePlanned(convening, session);
  return session;
};

/** @throws Refusal unknown-appearance */
export const appearanceIn = (session: Session, id: string): Appearance => {
  const appearance = session.appearances.get(id);
  if (!appearance) throw new Refusal('unknown-appearance', { session: session.id, appearance: id });
  return appearance;
};

/** What was said of a seat; a note belongs to whom the seat is for. @throws Refusal given-in-future */
export const said = (seat: Seat & GivenSaid, { now, actor }: Circumstances, person: PersonId | undefined, speaker: PersonId = actor) => {
  const { session, appearance, by = speaker, way, given, note } = seat;
  if (given && Date.parse(given) > Date.parse(now)) throw new Refusal('given-in-future', { given });
  return { session, appearance, by, ...(way && { way }), ...(given && { given }), ...(note && { note: told(person ?? actor, note) }) };
};

/** The session's slot as a confirmation is given for it: as it was told, without what is computed from it. */
export const slotOf = ({ slot }: Session): Slot | undefined =>
  slot && { ...(slot.room !== undefined && { room: slot.room }), start: slot.start, end: slot.end };
