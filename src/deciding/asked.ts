import type { Codec } from '../event-store/codec.js';
import type { EventStore } from '../event-store/event-store.js';
import type { Event } from '../event-store/event.js';
import type { PersonId } from '../event-store/personal.js';
import type { Sealing } from '../event-store/sealing.js';
import type { Checkpoints } from './checkpoints.js';
import type { Clock } from './clock.js';
import type { Command, Decider, Subject } from './decider.js';

/** A command with what its request says about it. */
export interface Asked<C extends Command> {
  readonly command: C;
  readonly commandId: string;
  readonly correlationId: string;
  readonly actor: PersonId;
  readonly reason?: string;
  /** Of an Idempotency-Key: the key hashed with its actor, the body as an HMAC. */
  readonly request?: { readonly key: string; readonly body: string };
  /** What the request is about; left out: the whole stream. */
  readonly subject?: Subject;
  /** If-Match: the subject must be at one of these revisions. */
  readonly ifMatch?: { readonly revisions: readonly number[] };
  /** By the clock, milliseconds: after it nobody waits for the answer any more. */
  readonly deadline: number;
  /** Is told how far it is, where it takes long. */
  readonly tell?: (progress: Readonly<Record<string, number>>) => void;
}

/** What the queue needs beside its stream. */
export interface Surroundings<S, C extends Command, E extends Event> {
  readonly store: EventStore;
  readonly codec: Codec<E>;
  readonly sealing: Sealing;
  readonly decider: Decider<S, C, E>;
  readonly clock: Clock;
  /** Resolves after about so many milliseconds: the pause before an unknown append is sent again. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Where states of long streams are kept, of deciders that say how. */
  readonly checkpoints?: Checkpoints<S, E>;
}

/**
 * Looks at a stream's state, in one go, and must not keep it: it goes on changing. `events`: what the command wrote; none where it wrote nothing, or had
 * been carried out before. It may be called again, since what was decided may have to be decided anew: what it saw last counts, once the command is answered.
 */
export type Look<S, E> = (state: Readonly<S>, events: readonly E[]) => void;
