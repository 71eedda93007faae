import type { Asked, Surroundings } from './asked.js';
import { breather } from '../event-store/breather.js';
import type { Codec, CommandMetadata } from '../event-store/codec.js';
import type { NewFact } from '../event-store/event-store.js';
import type { Event } from '../event-store/event.js';
import { told, type PersonId } from '../event-store/personal.js';
import type { Command } from './decider.js';
import { Failure } from './failure.js';

/** In bytes: one command may write so much in one append, and one fact may be so large. */
export const oneCommand = 768 * 1024;
const oneFact = 256 * 1024;
/** A part's own fact has its place beside what it begins. */
const onePart = oneCommand - 4 * 1024;

/** What one append writes of a command. */
export interface Portion<E extends Event> {
  readonly facts: readonly NewFact[];
  /** The same as the fold sees them. */
  readonly events: readonly E[];
  /** In bytes, of each fact. */
  readonly sizes: readonly number[];
}

/** What a command comes to, before it is appended. */
interface Written<E extends Event> {
  readonly portions: readonly Portion<E>[];
  /** The chain's end after it. */
  readonly hash: string | null;
  readonly metadata: CommandMetadata;
  readonly subjectRevision: number;
}

/**
 * The facts that tell what was decided: one append, or several where the command may have them. `left`: so many bytes have room in this
 * append; `subjectRevision`: of what was asked about, after these events. @throws Failure too-large; StoreUnavailable
 */
export const write = async <S, C extends Command, E extends Event>(
  { decider, codec, sealing }: Surroundings<S, C, E>, stream: string,
  { asked, events, subjectRevision, now, left }: { readonly asked: Asked<C>; readonly events: readonly E[]; readonly subjectRevision: number; readonly now: string; readonly left: number },
  current: { readonly state: S; readonly revision: number; readonly hash: string | null },
): Promise<Written<E> | 'next append'> => {
  const metadata = metadataOf(asked, now, decider.concerns(current.state, asked.command) ?? asked.actor, subjectRevision === current.revision + events.length ? undefined : subjectRevision);
  await sealing.obtain(codec.peopleIn(events));
  const whole = await encodeInTurns(codec, stream, events, metadata, current.hash);
  const { sizes } = whole;
  const size = bytesOf(whole);
  const mayBeParted = decider.partOf?.(asked.command, 1, 1) !== undefined;
  if ((size > oneCommand && !mayBeParted) || sizes.some((each) => each > oneFact)) throw new Failure('too-large');
  if (size > left && left < oneCommand) return 'next append';
  if (size <= oneCommand) return { portions: [whole], hash: whole.hash, metadata, subjectRevision };
  // Of a repetition only the last part may say that the command was carried out.
  const { request: _, ...unfinished } = metadata;
  const dealing = dealt(events, sizes, onePart);
  asked.tell?.({ facts: events.length, bytes: size, parts: dealing.length });
  const portions: Portion<E>[] = [];
  let { hash } = current;
  for (const [index, part] of dealing.entries()) {
    const begun = decider.partOf?.(asked.command, index + 1, dealing.length);
    const portion = await encodeInTurns(codec, stream, begun ? [begun, ...part] : part, index === dealing.length - 1 ? metadata : unfinished, hash);
    portions.push(portion);
    hash = portion.hash;
  }
  return { portions, hash, metadata, subjectRevision: subjectRevision + dealing.length };
};

/** `subjectRevision`: where a repetition of the request could not know it from the command's last fact. */
const metadataOf = <C extends Command>(
  { commandId, correlationId, actor, reason, request }: Asked<C>, at: string, owner: PersonId, subjectRevision?: number,
): CommandMetadata => ({
  at, commandId, correlationId, actor,
  ...(request && { request: { ...request, ...(subjectRevision !== undefined && { subjectRevision }) } }),
  ...(reason !== undefined && { reason: told(owner, reason) }),
});

/** So many events are encoded at once. */
const atOnce = 25;

/** Encodes the events of one append, in turns. `hash`: the chain's end before and after. Where they need several only the sizes are kept, not to fill the memory twice. @throws StoreUnavailable */
const encodeInTurns = async <E extends Event>(codec: Codec<E>, stream: string, events: readonly E[], metadata: CommandMetadata, prev: string | null): Promise<Portion<E> & { readonly hash: string | null }> => {
  const breathe = breather();
  const [facts, sealed, sizes]: [NewFact[], E[], number[]] = [[], [], []];
  let [hash, size] = [prev, 0];
  for (let from = 0; from < events.length; from += atOnce) {
    const encoded = await codec.encode(stream, events.slice(from, from + atOnce), metadata, hash);
    sizes.push(...encoded.facts.map(sizeOf));
    size += bytesOf({ sizes: sizes.slice(from) });
    if (size > oneCommand) facts.length = sealed.length = 0;
    else {
      facts.push(...encoded.facts);
      sealed.push(...encoded.events);
    }
    hash = encoded.hash;
    await breathe();
  }
  return { facts, events: sealed, sizes, hash };
};

/** Deals events to appends of at most so many bytes, in their order. `sizes`: of their facts. */
export const dealt = <E>(events: readonly E[], sizes: readonly number[], most: number): E[][] => {
  const portions: E[][] = [];
  let left = 0;
  for (const [index, event] of events.entries()) {
    const size = sizes[index] ?? 0;
    const portion = portions.at(-1);
    if (portion && size <= left) portion.push(event);
    else {
      portions.push([event]);
      left = most;
    }
    left -= size;
  }
  return portions;
};

/** Of one append. */
export const bytesOf = ({ sizes }: Pick<Portion<Event>, 'sizes'>): number => sizes.reduce((sum, size) => sum + size, 0);

const sizeOf = ({ data, metadata }: NewFact): number => Buffer.byteLength(data) + Buffer.byteLength(metadata);
