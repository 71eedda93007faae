import type { DataOf, Event, Recorded } from '../event-store/event.js';
import type { Open, PersonId } from '../event-store/personal.js';

/** Something that is asked for: imperative, and may be refused. */
export type Command<Type extends string = string, Data extends object = object> = Readonly<{ type: Type; data: Readonly<Data> }>;

/** What a decision may know beside the state. It comes with the command: nothing that decides reads a clock. */
export interface Circumstances {
  /** The instant of the command, UTC with milliseconds, RFC 3339. */
  readonly now: string;
  /** Who asks: a token's or a person's id. */
  readonly actor: PersonId;
  /** Why, in the words of who asks. */
  readonly reason?: string;
  /** Reads personal values of the state. */
  readonly open: Open;
  /** Up to which revision who asks says to have seen it (If-Match); undefined: they did not say. */
  readonly asOf?: number;
}

/**
 * A share of a stream's decisions: one row a command, one row an event. The tables of all parts together make the
 * stream's decider, and the compiler refuses one with a row missing.
 *
 * `decide` is pure. An empty list means: it is so already. @throws Refusal
 * `evolve` changes the state in place: the fold owns it, nobody else holds it, and a convening of 17,000 events is
 * folded in linear time. A part may decide facts of another part, which `Outcome` then names, but evolves only its own.
 */
export interface Part<State, C extends Command, E extends Event, Outcome extends Event = E> {
  readonly decide: { readonly [T in C['type']]: (command: DataOf<C, T>, state: Readonly<State>, given: Circumstances) => readonly Outcome[] };
  readonly evolve: { readonly [T in E['type']]: (state: State, event: DataOf<E, T>, recorded: Recorded) => void };
}

/** What a request is about: its answer's `ETag`, and what `If-Match` is compared with, is the revision of the last fact about this. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
}

/** How a stream's facts make its state. */
export interface Fold<State, E extends Event> {
  initial(): State;
  evolve(state: State, event: E, recorded: Recorded): void;
}

/** How a state is kept as texts, each without a line's end, and made of them again. */
export interface Keeping<State> {
  /** While they are made the state does not change. Some hundred kilobytes each at most. */
  pieces(state: Readonly<State>): Iterable<string>;
  /** `whole`: in steps, between which others may have their turn. */
  restoring(): { take(piece: string): void; whole(): Iterator<undefined, State> };
}

/** All decisions of one kind of stream. */
export interface Decider<State, C extends Command, E extends Event> extends Fold<State, E> {
  /** @throws Refusal */
  decide(state: Readonly<State>, command: C, given: Circumstances): readonly E[];
  /** The same in steps, between which others may have their turn: for commands that take long. Meanwhile the state must stand still. @throws Refusal */
  decideInSteps?(state: Readonly<State>, command: C, given: Circumstances): Generator<undefined, readonly E[]>;
  /** Begins a part of what the command writes, where that may be written in several appends; undefined: it is one append. */
  partOf?(command: C, part: number, of: number): E | undefined;
  /** The revision of the last fact about the subject; undefined when there is no such thing. */
  revisionOf(state: Readonly<State>, subject: Subject): number | undefined;
  /** Whether the fact is about the subject, so that its revision is the subject's. `state`: before it. */
  isAbout(event: E, subject: Subject, state: Readonly<State>): boolean;
  /** The person whom the command is about, to whom its reason then belongs; undefined: it belongs to the actor. */
  concerns(state: Readonly<State>, command: C): PersonId | undefined;
  /** Of a state that holds no personal values, and of which no decision opens any. Left out: it may hold some. */
  readonly keeping?: Keeping<State>;
}

/** The state that these events make, of the state they follow. */
export const fold = <State, E extends Event>(by: Fold<State, E>, events: Iterable<E & { recorded: Recorded }>, state = by.initial()): State => {
  for (const event of events) by.evolve(state, event, event.recorded);
  return state;
};
