import type { AppearanceState, Role } from '../convening/appearances.events.js';
import type { ConveningEvent } from '../convening/convening.events.js';
import type { Text } from '../convening/texts.js';
import type { Event, Recorded } from '../event-store/event.js';
import type { PersonId, Sealed } from '../event-store/personal.js';
import type { RegistrationEvent } from '../registration/registration.events.js';
import type { Standing } from '../registration/registrations.events.js';

/** Everything that the history tells. */
export type ToldEvent = ConveningEvent | RegistrationEvent;

/** Things that facts are about, each as the last fact about it left it: as much of it as a sentence on the next one needs. */
export interface Known {
  readonly convening: { readonly title: Text };
  readonly session: { readonly title: Text };
  readonly room: { readonly name: Text };
  readonly track: { readonly name: Text };
  readonly category: { readonly name: Text };
  /** `named`: the revision of the fact that holds what is printed of it. */
  readonly seat: { readonly role: Role; readonly person?: PersonId; readonly named: number; readonly state: AppearanceState };
  readonly person: { readonly named: number };
  /** Who asked for the fact, where it is a person who is known here. */
  readonly actor: { readonly named: number };
  readonly registration: { readonly person: PersonId; readonly code: string; readonly named: number; readonly standing: Standing };
}
export type KnownKind = keyof Known;

/** What is known of the things of one stream. */
export interface Memory {
  recall<K extends KnownKind>(kind: K, id: string): Known[K] | undefined;
  /** Undefined: there is no such thing any more. */
  keep<K extends KnownKind>(kind: K, id: string, known: Known[K] | undefined): void;
}

/** What a fact concerns, by its ids, with what was known of it when the fact came about, or first became known by it. */
export type About = { readonly [K in KnownKind]?: Readonly<Record<string, Known[K]>> };

/** A fact as it is kept: personal values are sealed. */
export interface FactRow {
  readonly revision: number;
  readonly at: string;
  readonly type: string;
  readonly actor: PersonId;
  readonly command: string;
  /** The revision of the first fact of its command. */
  readonly first: number;
  readonly reason?: Sealed<string>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly about: About;
}

/** A seat's id, unique in its convening. */
export const seatId = (session: string, appearance: string): string => `${session}.${appearance}`;

/** The fields by which facts name what they concern. The same name means the same in all of them. */
interface Naming {
  readonly session?: string;
  readonly appearance?: string;
  readonly room?: string;
  readonly track?: string;
  readonly person?: string;
  readonly by?: string;
  readonly replaces?: string;
  readonly with?: string;
  readonly slot?: Placed;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly conflict?: string;
  readonly circumstance?: { readonly people: readonly string[] };
  readonly registration?: string;
  readonly registrations?: readonly string[];
  readonly category?: string;
  readonly into?: string;
}
interface Placed {
  readonly room?: string | null;
  readonly track?: string | null;
}

const placesIn = (value: unknown): Placed => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {});

/** Seats are written `session.appearance` in a conflict's key, sessions by their id. */
const namedInKey = (key: string): readonly (readonly [session: string, appearance?: string])[] => key.split(':').slice(1).map((id) => id.split('.', 2) as [string, string?]);

/** The ids by which a fact names things, whether or not they are known. */
function* namesIn({ type, data }: Event): Generator<readonly [KnownKind, string]> {
  const named = data as Naming; // Every fact's fields are among these, or name nothing.
  const { session, slot, from, to } = named;
  const seats = [named.appearance, named.replaces, ...(named.registration === undefined ? [named.with] : [])];
  if (session !== undefined) {
    yield ['session', session];
    for (const seat of seats) if (seat !== undefined) yield ['seat', seatId(session, seat)];
  }
  if (named.conflict !== undefined)
    for (const [id, seat] of namedInKey(named.conflict)) {
      yield ['session', id];
      if (seat !== undefined) yield ['seat', seatId(id, seat)];
    }
  for (const { room, track } of [named, slot ?? {}, placesIn(from), placesIn(to)]) {
    if (typeof room === 'string') yield ['room', room];
    if (typeof track === 'string') yield ['track', track];
  }
  for (const person of [named.person, named.by, ...(named.circumstance?.people ?? [])]) if (person !== undefined) yield ['person', person];
  for (const id of [named.registration, ...(named.registrations ?? []), ...(named.registration === undefined ? [] : [named.with])]) if (id !== undefined) yield ['registration', id];
  for (const id of [named.category, named.into, ...(type === 'RegistrationRecategorised' ? [from, to] : [])]) if (typeof id === 'string') yield ['category', id];
}

/** Where and when a fact was recorded, and who asked for it. */
interface Asked extends Recorded {
  readonly actor: PersonId;
}

type Learning = { readonly [T in ToldEvent['type']]?: (data: Extract<ToldEvent, { type: T }>['data'], memory: Memory, recorded: Asked) => void };

const seatBecomes = (state: AppearanceState) => ({ session, appearance }: { readonly session: string; readonly appearance: string }, memory: Memory): void => change(memory, 'seat', seatId(session, appearance), { state });
const standsAs = (standing: Standing) => ({ registration }: { readonly registration: string }, memory: Memory): void => change(memory, 'registration', registration, { standing });
const allStandAs = (standing: Standing) => ({ registrations }: { readonly registrations: readonly string[] }, memory: Memory): void => {
  for (const id of registrations) change(memory, 'registration', id, { standing });
};

const change = <K extends KnownKind>(memory: Memory, kind: K, id: string, to: Partial<Known[K]>): void => {
  const known = memory.recall(kind, id);
  if (known) memory.keep(kind, id, { ...known, ...to });
};
const rename = (memory: Memory, kind: 'room' | 'track' | 'category', id: string, name: Text | null | undefined): void => {
  if (name) memory.keep(kind, id, { name });
};

/** What facts leave behind for those that follow; a fact without a row leaves nothing that a sentence needs. */
const learning: Learning = {
  ConveningPlanned: ({ title }, memory) => memory.keep('convening', '', { title }),
  ConveningDetailsChanged: ({ to: { title } }, memory) => title && memory.keep('convening', '', { title }),
  RoomAdded: ({ room, name }, memory) => rename(memory, 'room', room, name),
  RoomChanged: ({ room, to }, memory) => rename(memory, 'room', room, to.name),
  RoomRemoved: ({ room }, memory) => memory.keep('room', room, undefined),
  TrackAdded: ({ track, name }, memory) => rename(memory, 'track', track, name),
  TrackChanged: ({ track, to }, memory) => rename(memory, 'track', track, to.name),
  TrackRemoved: ({ track }, memory) => memory.keep('track', track, undefined),
  SessionPlanned: ({ session, title }, memory) => memory.keep('session', session, { title }),
  SessionDetailsChanged: ({ session, to: { title } }, memory) => title && memory.keep('session', session, { title }),
  SessionRemoved: ({ session }, memory) => memory.keep('session', session, undefined),
  AppearanceProposed({ session, appearance, role, person, credit }, memory, { revision }) {
    memory.keep('seat', seatId(session, appearance), { role, ...(person !== undefined && { person }), named: revision, state: 'proposed' });
    if (person !== undefined && credit) memory.keep('person', person, { named: revision });
  },
  AppearanceNamed({ session, appearance, person }, memory, { revision }) {
    change(memory, 'seat', seatId(session, appearance), { person, named: revision });
    memory.keep('person', person, { named: revision });
  },
  CreditChanged({ session, appearance }, memory, { revision }) {
    change(memory, 'seat', seatId(session, appearance), { named: revision });
    const person = memory.recall('seat', seatId(session, appearance))?.person;
    if (person !== undefined) memory.keep('person', person, { named: revision });
  },
  OfficeChanged: ({ session, appearance }, memory, { revision }) => change(memory, 'seat', seatId(session, appearance), { named: revision }),
  RoleChanged: ({ session, appearance, to: role }, memory) => change(memory, 'seat', seatId(session, appearance), { role }),
  AppearanceInvited: seatBecomes('invited'),
  AppearanceConfirmed: seatBecomes('confirmed'),
  AppearanceTentativelyConfirmed: seatBecomes('tentative'),
  AppearanceDeclined: seatBecomes('declined'),
  AppearanceWithdrawn: seatBecomes('withdrawn'),
  AppearanceCancelled: seatBecomes('cancelled'),
  AppearanceReplaced: seatBecomes('replaced'),
  AttendanceRecorded: ({ to, ...seat }, memory) => seatBecomes(to)(seat, memory),
  AppearanceRemoved: ({ session, appearance }, memory) => memory.keep('seat', seatId(session, appearance), undefined),
  CategoryAdded: ({ category, name }, memory) => rename(memory, 'category', category, name),
  CategoryChanged: ({ category, to }, memory) => rename(memory, 'category', category, to.name),
  PersonRegistered({ registration, person, code, standing }, memory, { revision }) {
    memory.keep('registration', registration, { person, code, named: revision, standing });
    memory.keep('person', person, { named: revision });
  },
  // Who sends it calls themself what the form says, and is nobody else here.
  FormRepeated: (_, memory, { actor, revision }) => memory.keep('person', actor, { named: revision }),
  RegistrationApproved: ({ registration, standing }, memory) => standsAs(standing)({ registration }, memory),
  RegistrationRefused: standsAs('refused'),
  RegistrationWithdrawn: standsAs('withdrawn'),
  RegistrationSubstituted({ registration, with: next, person, code }, memory, { revision }) {
    memory.keep('registration', next, { person, code, named: revision, standing: memory.recall('registration', registration)?.standing ?? 'seated' });
    memory.keep('person', person, { named: revision });
    standsAs('substituted')({ registration }, memory);
  },
  SeatsGiven: allStandAs('seated'),
  SeatsOffered: allStandAs('offered'),
  OfferAccepted: standsAs('seated'),
  OffersLapsed: allStandAs('lapsed'),
  NoShowRecorded: standsAs('no-show'),
  NoShowUndone: standsAs('seated'),
};
// Each row above is tied to its fact; a lookup by a union of types forgets it.
const lessons = learning as Readonly<Record<string, ((data: object, memory: Memory, recorded: Asked) => void) | undefined>>;

/**
 * What the fact concerns. Things are told as they were before it (a seat that was invited and is confirmed now was invited), and those
 * that begin with it as it makes them. The memory then holds what the fact made of them.
 */
export const aboutOf = (event: ToldEvent, recorded: Asked, memory: Memory): About => {
  const names = [...namesIn(event)];
  const begins = event.type === 'AppearanceProposed' ? seatId(event.data.session, event.data.appearance) : undefined;
  // A seat that begins was none before, also where one of its id went with its session.
  const before = names.map(([kind, id]) => (kind === 'seat' && id === begins ? undefined : memory.recall(kind, id)));
  lessons[event.type]?.(event.data, memory, recorded);
  const about: { [K in KnownKind]?: Record<string, Known[KnownKind]> } = {};
  const concerns = (kind: KnownKind, id: string, known: Known[KnownKind] | undefined) => {
    if (known) (about[kind] ??= {})[id] = known;
  };
  // Who speaks for somebody else is often nobody of the programme: the operator, say.
  const isNobody = (kind: KnownKind, id: string) => kind === 'person' && id === (event.data as Naming).by && id !== (event.data as Naming).person;
  names.forEach(([kind, id], index) => concerns(kind, id, before[index] ?? memory.recall(kind, id) ?? (kind === 'person' && !isNobody(kind, id) ? { named: -1 } : undefined)));
  // Whoever sits there, or is registered there, is concerned too.
  for (const { person } of [...Object.values(about.seat ?? {}), ...Object.values(about.registration ?? {})] as readonly { person?: PersonId }[])
    if (person !== undefined) concerns('person', person, about.person?.[person] ?? memory.recall('person', person) ?? { named: -1 });
  concerns('actor', recorded.actor, memory.recall('person', recorded.actor));
  return about as About; // Each kind holds what was recalled by it.
};
