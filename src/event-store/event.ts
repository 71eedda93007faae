import type { Personal } from './personal.js';

/** Something that happened: past tense, plain JSON, never edited. Its type is its name in the store, for ever. */
export type Event<Type extends string = string, Data extends object = object> = Readonly<{ type: Type; data: Readonly<Data> }>;

/** The data of the event (or command) that has this type. */
export type DataOf<Of extends { type: string; data: object }, Type> = Extract<Of, { type: Type }>['data'];

/** Where and when a fact stands in its stream: what a fold may know of it beside its data. */
export interface Recorded {
  /** Place in the stream, from 0. */
  readonly revision: number;
  /** The instant of the command, UTC with milliseconds (design: order and time). */
  readonly at: string;
}

/** The fields of an event's data that hold personal values. */
export type PersonalField<Data> = { [K in keyof Data]-?: NonNullable<Data[K]> extends Personal<unknown> ? K : never }[keyof Data];

/** What the codec must know of one event type. `personal` names every personal field: the compiler refuses a missing one. */
export interface EventDescription<Data extends object = object> {
  /** The version of the data's shape that is written today. */
  readonly schema: number;
  readonly personal: { readonly [K in PersonalField<Data>]: true };
}

/** All event types of one kind of stream: one row each. */
export type Catalogue<E extends Event = Event> = { readonly [T in E['type']]: EventDescription<DataOf<E, T>> };
