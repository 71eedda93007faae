import type { Event } from '../event-store/event.js';

/** The convening that another was begun from, and as it was when. */
export interface Origin {
  /** Its id. */
  readonly convening: string;
  /** Of that convening: the programme is as it was after this fact. */
  readonly revision: number;
  /** The label of the publication that ends there, if one does. */
  readonly version?: string;
}

/** Why a session that had a slot in the origin has none here. */
export const displacements = ['outside-days', 'local-time-missing', 'local-time-ambiguous', 'ends-before-it-starts'] as const;
export type Displacement = (typeof displacements)[number];

/**
 * The convening was begun from another, whose rooms, tracks and sessions follow in the same command with facts of their own.
 * `unscheduled`: the ids of the sessions that had a slot there and have none here, by why.
 */
export type ProgrammeCarriedOver = Event<'ProgrammeCarriedOver', { origin: Origin; unscheduled: { readonly [D in Displacement]?: readonly string[] } }>;

export type CarryingOverEvent = ProgrammeCarriedOver;
