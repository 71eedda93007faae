import type { Personal, PersonId } from '../event-store/personal.js';
import type { AppearanceState, Credit, Office, Role } from './appearances.events.js';
import type { Interval } from './availability.events.js';
import type { Origin } from './carrying-over.events.js';
import type { ReportedAttendance } from './conclusion.events.js';
import type { Circumstance } from './conflicts.events.js';
import type { ConflictRule, Policy } from './policy.events.js';
import { defaultPolicy } from './policy.events.js';
import type { Dates, Details } from './details.events.js';
import type { RoomDetails } from './rooms.events.js';
import type { Item } from './running-order.events.js';
import type { SessionDetails } from './sessions.events.js';
import type { Slot } from './slots.events.js';
import type { Audience, Text } from './texts.js';
import type { TrackDetails } from './tracks.events.js';

/**
 * A convening as its facts make it. Decisions look at it, and the agenda is a view of it: there is one fold, not two.
 * Plain data and Maps, so that a checkpoint of it is one JSON text; Maps because `constructor` is a legal id, and because
 * they keep the order that is part of the programme.
 */
export interface Convening {
  id: string;
  /** `unplanned`: its stream has no fact yet. */
/** A programme was set in parts, of which this was the last to begin. */
  unfinished?: { readonly part: number; readonly of: number };
    phase: 'unplanned' | 'planned' | 'concluded' | 'cancelled';
  details: Details;
  dates: Dates;
  /** IANA name. */
  zone: string;
  policy: Policy;
  rooms: Map<string, Room>;
  tracks: Map<string, Track>;
  sessions: Map<string, Session>;
  /** When people cannot take part; who is not here is always there. */
  unavailable: Map<PersonId, readonly Interval[]>;
  /** Accepted conflicts by their key. */
  acceptances: Map<string, Acceptance>;
  publications: Publication[];
  /** The convening that it was begun from. */
  origin?: Origin;
  attendance?: ReportedAttendance;
  /** The last fact's place and time. -1: none. */
  revision: number;
  at: string;
}

export interface Room extends RoomDetails {
  revision: number;
}

export interface Track extends TrackDetails {
  revision: number;
}

export interface Session {
  id: string;
  details: SessionDetails;
  notes?: Personal<string>;
  slot?: Placement;
  /** In running order. */
  items: Item[];
  /** In the order they are printed. */
  appearances: Map<string, Appearance>;
  cancelled: boolean;
  /** Whether a publication has shown it: then it is cancelled, never removed. */
  published: boolean;
  /** Of the last fact about it. */
  revision: number;
}

/** A slot with its instants, in milliseconds since 1970, so that rules compare numbers. */
export interface Placement extends Slot {
  readonly starts: number;
  readonly ends: number;
}

export interface Appearance {
  id: string;
  role: Role;
  /** Nobody is named while it is missing; then `office` says whose seat it is. */
  person?: PersonId;
  credit?: Personal<Credit>;
  office?: Office;
  represents?: Text;
  state: AppearanceState;
  /** The slot a confirmation was given for. */
  confirmedFor?: Slot;
  /** The session moved since, and the policy asks for a new confirmation. */
  toBeReconfirmed: boolean;
  /** Until when an answer to the invitation is hoped for. */
  answerBy?: string;
  /** Who gave the last answer and in which revision: a document never takes back what a person answered themself. */
  answered?: { readonly by: PersonId; readonly revision: number };
  /** The appearance in whose place this one stands. */
  replaces?: string;
  /** The appearance that stands in this one's place. */
  replacedWith?: string;
  published: boolean;
  revision: number;
}

export interface Acceptance {
  rule: ConflictRule;
  /** Missing: accepted beforehand, and the conflict has not come about yet. */
  circumstance?: Circumstance;
  reason: Personal<string>;
  at: string;
}

/** A version of the agenda. */
export interface Publication {
  /** 1, 2, … */
  number: number;
  /** Unique in the convening. */
  label: string;
  /** For whom it is. */
  audience: Audience;
  /** What is new in it, for readers. */
  note?: Text;
  /** The prefix of the stream that it shows ends here. */
  revision: number;
  /** When it was published (UTC). */
  at: string;
  /** It was taken back: the one before it counts again. */
  withdrawn: boolean;
}

/** A publication that can be held against the log. */
export interface ProvablePublication extends Publication {
  /** SHA-256, in hex, of the fact that published it: what the next fact of the stream carries as `prev`. Who altered anything before it in the log could not keep it. */
  readonly hash: string;
}

export const noConvening = (): Convening => ({
  id: '',
  phase: 'unplanned',
  details: { title: {}, languages: [], organisers: [], links: [] },
  dates: { start: '', end: '' },
  zone: 'UTC',
  policy: defaultPolicy,
  rooms: new Map(),
  tracks: new Map(),
  sessions: new Map(),
  unavailable: new Map(),
  acceptances: new Map(),
  publications: [],
  revision: -1,
  at: '',
});
