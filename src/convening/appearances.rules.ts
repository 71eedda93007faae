import type { Circumstances } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { told, type PersonId } from '../event-store/personal.js';
import type { AppearanceState, Role, Way } from './appearances.events.js';
import type { Appearance, Convening, Session } from './convening.js';
import { theSession } from './programme.rules.js';
import { stands } from './sessions.rules.js';
import { instantIn } from './times.js';

/** Which seat a command is about. */
export interface Seat {
  readonly session: string;
  readonly appearance: string;
}

/** Who said so, how and when, as it may be asked for: plain values. */
export interface GivenSaid {
  readonly by?: PersonId;
  readonly way?: Way;
  /** The instant it was said, not in the future; local, or with an offset. */
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

/** Nobody has the same role in a session twice. `except`: the seat in question. @throws Refusal appears-already */
export const onlyOnce = ({ appearances }: Session, person: PersonId | undefined, role: Role, except?: string) => {
  if (person === undefined) return;
  for (const other of appearances.values())
    if (other.id !== except && other.person === person && other.role === role && stands(other)) throw new Refusal('appears-already', { appearance: other.id });
};

/** A session that is cancelled is planned no further; its credits can be corrected, and who appeared can be told. @throws Refusal session-cancelled */
export const canBePlanned = (session: Session): Session => {
  if (session.cancelled) throw new Refusal('session-cancelled', { session: session.id });
  return session;
};

/** The session, of which more can be planned. @throws Refusal unknown-session, session-cancelled */
export const sessionToPlan = (convening: Readonly<Convening>, id: string): Session => canBePlanned(theSession(convening, id));

/** @throws Refusal unknown-appearance */
export const appearanceIn = (session: Session, id: string): Appearance => {
  const appearance = session.appearances.get(id);
  if (!appearance) throw new Refusal('unknown-appearance', { session: session.id, appearance: id });
  return appearance;
};

/** What was said of a seat; a note belongs to whom the seat is for. @throws Refusal given-in-future */
export const said = (
  { session, appearance, way, note, ...rest }: Seat & GivenSaid, { zone }: Readonly<Convening>, { now, actor }: Circumstances,
  person: PersonId | undefined, speaker: PersonId = actor,
) => {
  const by = rest.by ?? speaker;
  const given = rest.given === undefined ? undefined : instantIn(rest.given, zone);
  if (given !== undefined && given > now) throw new Refusal('given-in-future', { given });
  return { session, appearance, by, ...(way && { way }), ...(given && { given }), ...(note && { note: told(person ?? actor, note) }) };
};
