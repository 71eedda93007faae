import type { Circumstances, Decider, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { Recorded } from '../event-store/event.js';
import type { PersonId } from '../event-store/personal.js';
import { attendance, type AttendanceCommand } from './attendance.decider.js';
import { categories, type CategoryCommand } from './categories.decider.js';
import { registering, type RegisteringCommand } from './registering.decider.js';
import { keeping } from './kept.rules.js';
import { noRegistrations, type Registrations } from './registration.js';
import type { RegistrationEvent } from './registration.events.js';
import { sessionSeats, type SessionSeatCommand } from './session-seats.decider.js';
import { standing, type StandingCommand } from './standings.decider.js';
import { terms, type TermsCommand } from './terms.decider.js';

/** Everything that can be asked of the registration for a convening. */
export type RegistrationCommand = TermsCommand | CategoryCommand | RegisteringCommand | StandingCommand | AttendanceCommand | SessionSeatCommand;

/** The parts in one table; a missing row is a compiler's error here. */
const parts: Part<Registrations, RegistrationCommand, RegistrationEvent> = {
  decide: { ...terms.decide, ...categories.decide, ...registering.decide, ...standing.decide, ...attendance.decide, ...sessionSeats.decide },
  evolve: { ...terms.evolve, ...categories.evolve, ...registering.evolve, ...standing.evolve, ...attendance.evolve, ...sessionSeats.evolve },
};
// The types above have tied each row to its command or event; a lookup by a union of types forgets it.
const decisions = parts.decide as Readonly<Record<string, (command: object, state: Readonly<Registrations>, given: Circumstances) => readonly RegistrationEvent[]>>;
const folds = parts.evolve as Readonly<Record<string, (state: Registrations, event: object, recorded: Recorded) => void>>;

/** A fact's data names what it is about by these fields, whatever its type. */
interface Named {
  readonly registration?: string;
  readonly registrations?: readonly string[];
  readonly repeat?: string;
  readonly with?: string;
  readonly category?: string;
}

const isAboutRegistration = ({ registration, registrations, repeat, with: next }: Named, id: string): boolean =>
  [registration, repeat, next].includes(id) || (registrations?.includes(id) ?? false);

/** What an id or a code leads to; what is new leads to itself. */
const meant = ({ registrations, known }: Readonly<Registrations>, id: string): string => (registrations.has(id) ? id : (known.get(id) ?? id));

/** All decisions about the registration for a convening: its stream is `registrations-<id>`. */
export const registrationDecider: Decider<Registrations, RegistrationCommand, RegistrationEvent> = {
  initial: noRegistrations,
  keeping,
  evolve(state, event, recorded) {
    folds[event.type]!(state, event.data, recorded);
    state.revision = recorded.revision;
  },
  decide(state, command, given) {
    if (state.convening === '' && command.type !== 'PrepareRegistration') throw new Refusal('no-registration');
    return decisions[command.type]!(command.data, state, given);
  },
  revisionOf(state, { kind, id }) {
    if (kind === 'registration') return state.registrations.get(meant(state, id))?.revision;
    if (kind === 'category') return state.categories.get(id)?.revision;
    return state.convening === '' ? undefined : state.revision;
  },
  isAbout({ type, data }, { kind, id }, state) {
    const named = data as Named;
    if (kind === 'registration') return isAboutRegistration(named, meant(state, id));
    return kind !== 'category' || ((type === 'CategoryAdded' || type === 'CategoryChanged' || type === 'CategoryClosed') && named.category === id);
  },
  concerns(state, command): PersonId | undefined {
    if (command.type === 'Register') return command.data.members.length === 1 ? command.data.members[0]?.person : undefined;
    const { registration } = command.data as Named;
    if (registration === undefined) return undefined;
    return state.registrations.get(meant(state, registration))?.person;
  },
};
