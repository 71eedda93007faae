import type { Asked, Look, Surroundings } from './asked.js';
import { begun, follow, type Current } from './current.js';
import { breather, inTurns } from '../event-store/breather.js';
import type { CommandMetadata } from '../event-store/codec.js';
import { clockTolerance, OutcomeUnknown, StoreUnavailable, WrongRevision, type Appended, type NewFact } from '../event-store/event-store.js';
import type { Event } from '../event-store/event.js';
import type { Command } from './decider.js';
import { Failure, failureOf } from './failure.js';
import { Gathering } from './gathering.js';
import { bytesOf, oneCommand, write, type Portion } from './portions.js';
import type { Ended } from './remembered.js';
import { Sharing } from './sharing.js';
import { settle, type Waiting } from './waiting.js';

export type { Asked, Look, Surroundings };

/** In bytes: so much shares an append. */
const sharedAppend = 512 * 1024;
const longestQueue = 5_000;
/** How often it is looked who has waited too long, in milliseconds. */
const lateness = 250;
/** The position of what this batch decided and has not appended: its repetition in the same batch is answered with the batch's. */
const notYet = -1n;

type Answer<S, C extends Command, E extends Event> = { waiting: Waiting<S, C, E> } & ({ error: unknown } | { ended: Omit<Ended, 'position'>; position?: bigint; learn?: CommandMetadata });

/** A command that was decided. `evolve`: the state learns of it. */
interface Decided<S, C extends Command, E extends Event> {
  readonly answer: Answer<S, C, E>;
  readonly portions: readonly Portion<E>[];
  readonly evolve?: () => Promise<void>;
}

/**
 * The commands for one stream on this node: decided one after the other on the evolving state, sharing appends, each
 * with its own answer. No answer is given before the append has shown that the state was the truth.
 */
export class StreamQueue<S, C extends Command, E extends Event> {
  private waiting: Waiting<S, C, E>[] = [];
  /** It may run ahead of the disk, so nothing but the queue reads it. */
  private current: Current<S> | undefined;
  private running: Promise<void> | undefined;
  /** What is decided or appended now. */
  private inHand: readonly Waiting<S, C, E>[] = [];
  private appending = false;
  private readonly sharing = new Sharing();
  private readonly gathering = new Gathering();

  constructor(private readonly stream: string, private readonly given: Surroundings<S, C, E>) {}

  /** `look`: at what the command left, or found when it was carried out before. @throws Refusal, Failure */
  ask(asked: Asked<C>, look: Look<S, E> = seeNothing): Promise<Ended> {
    return this.stand({ asked, deadline: asked.deadline, look });
  }

  /** Looks at what is on the disk; all that was asked before is carried out then. @throws Failure */
  async look(look: Look<S, E>, deadline: number): Promise<void> {
    await this.stand({ asked: undefined, deadline, look });
  }

  private stand(waiting: Pick<Waiting<S, C, E>, 'asked' | 'deadline' | 'look'>): Promise<Ended> {
    if (this.waiting.length >= longestQueue) return Promise.reject(new Failure('overloaded'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...waiting, resolve, reject, settled: false, decided: false });
      this.running ??= this.run();
    });
  }

  /** Resolves when everything that was asked is answered. */
  idle(): Promise<void> {
    return this.running ?? Promise.resolve();
  }

  private async run(): Promise<void> {
    // What is asked in the same turn of the event loop shares the first append.
    await Promise.resolve();
    const watch = setInterval(() => this.tellLate(), lateness);
    while (this.waiting.length) {
      await this.gathering.gather(() => this.waiting.length);
      // Who was told already that nothing was changed, or that it is not known, is not decided after all.
      const batch = (this.inHand = this.waiting.filter((each) => !each.settled));
      this.waiting = [];
      try {
        if (!this.current) await this.catchUp();
        else if (this.sharing.looksFirst) this.sharing.looked(await this.catchUp());
        const rest = await this.carryOut(batch);
        this.inHand = [];
        if (rest > 0 && this.waiting.length > 0) await this.given.pause(rest);
      } catch (error) {
        this.current = undefined;
        const failure = failureOf(error);
        for (const each of batch) settle(each, () => each.reject(failure));
      }
    }
    this.inHand = [];
    clearInterval(watch);
    // In the same turn as the look at the queue: who asks after it starts a new run.
    this.running = undefined;
  }

  /** Reads what the stream has beyond the state, or all of it. Gives whether there was anything. */
  private async catchUp(): Promise<boolean> {
    const { store, codec, sealing, decider, checkpoints } = this.given;
    const current = (this.current ??= (await checkpoints?.load(this.stream)) ?? begun(decider));
    const { revision } = current;
    for await (const page of store.readStream(this.stream, { from: current.revision + 1 })) {
      const events = follow(current, page, { decider, codec });
      if (!decider.keeping) await sealing.find(events.flatMap((event) => codec.people(event)));
    }
    return current.revision > revision;
  }

  /** Decides as many as share an append, appends, answers; the rest goes back to the head of the queue. Gives how long to rest then, in milliseconds. */
  private async carryOut(batch: readonly Waiting<S, C, E>[]): Promise<number> {
    const began = performance.now();
    const current = this.current!;
    const expected = current.revision < 0 ? 'none' : current.revision;
    const answers: Answer<S, C, E>[] = [];
    const facts: NewFact[] = [];
    let further: readonly Portion<E>[] = [];
    let size = 0;
    let next = 0;
    let later: (() => Promise<void>) | undefined;
    while (next < batch.length && further.length === 0 && !later) {
      const decided = await this.decideOne(batch[next]!, current, size > 0 ? sharedAppend - size : oneCommand);
      if (decided === 'next append') break;
      next++;
      const [first, ...rest] = decided.portions;
      answers.push(decided.answer);
      facts.push(...(first?.facts ?? []));
      further = rest;
      size += first ? bytesOf(first) : 0;
      if (this.sharing.isCautious || batch.length === 1) later = decided.evolve;
      else await decided.evolve?.();
    }
    this.waiting = batch.slice(next).concat(this.waiting);
    const decideAgain = () => {
      const again = batch.slice(0, next).filter((each) => !each.settled);
      for (const each of again) each.decided = false;
      this.waiting = again.concat(this.waiting);
      return this.sharing.foundOthers(performance.now() - began, this.waiting.length === 1);
    };
    if (!facts.length) {
      if (!this.sharing.looksFirst && (await this.catchUp())) return decideAgain();
      this.answer(answers, current, current.position);
      return 0;
    }
    const appending = performance.now();
    this.appending = true;
    try {
      let appended = await this.appendUntilKnown(expected, facts);
      for (const [index, portion] of further.entries()) {
        batch[next - 1]?.asked?.tell?.({ part: index + 1, of: further.length + 1 });
        appended = await this.appendUntilKnown(appended.revision, portion.facts);
      }
      await later?.();
      this.answer(answers, current, appended.position);
      this.given.checkpoints?.reached(this.stream, current.revision);
      this.gathering.wrote(next, performance.now() - appending);
      return this.sharing.wrote(performance.now() - began, this.waiting.length > 0);
    } catch (error) {
      // A state that learnt of what was not written is none.
      if (!later || !(error instanceof WrongRevision)) this.current = undefined;
      if (!(error instanceof WrongRevision)) throw error;
      return decideAgain();
    } finally {
      this.appending = false;
    }
  }

  /** Decides one command on the state, unless its facts need more than the bytes that are left of this append. What goes in several begins it. */
  private async decideOne(waiting: Waiting<S, C, E>, current: Current<S>, left: number): Promise<Decided<S, C, E> | 'next append'> {
    const { store, clock, decider, sealing } = this.given;
    const { asked, look } = waiting;
    const instant = clock.now();
    const refused = (error: unknown) => ({ answer: { waiting, error }, portions: [] });
    if (waiting.settled || instant > waiting.deadline) return refused(new Failure('deadline-passed'));
    waiting.decided = true;
    if (!asked) {
      look(current.state, []);
      return { answer: { waiting, ended: { commandId: '', revision: current.revision, subjectRevision: current.revision } }, portions: [] };
    }
    const known = asked.request && current.remembered.find(asked.request, instant);
    if (known === 'another-body') return refused(new Failure('idempotency-key-reused'));
    if (known) {
      look(current.state, []);
      return { answer: { waiting, ended: known, ...(known.position !== notYet && { position: known.position }) }, portions: [] };
    }
    const ahead = store.clockAhead ?? 0;
    if (Math.abs(ahead) > clockTolerance) return refused(new Failure('clock-off', { secondsAhead: Math.round(ahead / 1_000) }));
    const stale = this.preconditionFailed(asked, current);
    if (stale) return refused(stale);
    const time = new Date(instant).toISOString();
    const now = time < current.at ? current.at : time;
    let written;
    try {
      const said = { ...(asked.reason !== undefined && { reason: asked.reason }), ...this.seenBy(asked, current) };
      const given = { now, actor: asked.actor, open: sealing.opener(this.stream), ...said };
      const events = decider.decideInSteps ? await inTurns(decider.decideInSteps(current.state, asked.command, given)) : decider.decide(current.state, asked.command, given);
      if (!events.length) {
        look(current.state, []);
        const { commandId } = asked;
        return { answer: { waiting, ended: { commandId, revision: current.revision, subjectRevision: this.subjectAfter(asked, events, current) } }, portions: [] };
      }
      const subjectRevision = this.subjectAfter(asked, events, current);
      written = await write(this.given, this.stream, { asked, events, subjectRevision, now, left }, current);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      return refused(error);
    }
    if (written === 'next append') {
      waiting.decided = false;
      return written;
    }
    const { portions, hash, metadata, subjectRevision } = written;
    const evolve = async () => {
      const breathe = breather();
      for (const { events } of portions)
        for (const event of events) {
          decider.evolve(current.state, event, { revision: ++current.revision, at: now });
          const pause = breathe();
          if (pause) await pause;
        }
      Object.assign(current, { at: now, hash });
      current.remembered.learn(metadata, current.revision, notYet);
      look(current.state, portions.flatMap(({ events }) => events));
    };
    const revision = portions.reduce((sum, { events }) => sum + events.length, current.revision);
    return { answer: { waiting, ended: { commandId: asked.commandId, revision, subjectRevision }, learn: metadata }, portions, evolve };
  }

  /** The revision of what was asked about, after the facts that were decided and are not stored yet. */
  private subjectAfter({ subject }: Asked<C>, events: readonly E[], { state, revision }: Current<S>): number {
    const { decider } = this.given;
    const last = subject ? events.findLastIndex((event) => decider.isAbout(event, subject, state)) : events.length - 1;
    if (last >= 0) return revision + last + 1;
    return (subject && decider.revisionOf(state, subject)) ?? revision + events.length;
  }

  private preconditionFailed({ ifMatch, subject }: Asked<C>, { state, revision }: Current<S>): Failure | undefined {
    if (!ifMatch) return undefined;
    const actual = subject ? this.given.decider.revisionOf(state, subject) : revision;
    return actual !== undefined && ifMatch.revisions.includes(actual) ? undefined : new Failure('precondition-failed', { revision: actual });
  }

  /** If-Match holds: who sent it has seen all of what they ask about. */
  private seenBy({ ifMatch, subject }: Asked<C>, { state, revision }: Current<S>): { asOf?: number } {
    const asOf = subject ? this.given.decider.revisionOf(state, subject) : revision;
    return ifMatch && asOf !== undefined ? { asOf } : {};
  }

  /** The same facts at the same revision, until it is certain whether they are there. Who cannot wait so long is told. */
  private async appendUntilKnown(expected: number | 'none', facts: readonly NewFact[]): Promise<Appended> {
    for (let pause = 10; ; pause = Math.min(pause * 2, 1_000)) {
      try {
        return await this.given.store.append(this.stream, expected, facts);
      } catch (error) {
        if (!(error instanceof OutcomeUnknown) && !(pause > 10 && error instanceof StoreUnavailable)) throw error;
      }
      this.tellLate();
      await this.given.pause(pause);
    }
  }

  /** Who has waited to the end of their time is told what is known of what they asked. */
  private tellLate(): void {
    const now = this.given.clock.now();
    for (const each of [...this.inHand, ...this.waiting])
      if (now > each.deadline) settle(each, () => each.reject(new Failure(each.decided || this.appending ? 'outcome-unknown' : 'deadline-passed')));
  }

  private answer(answers: readonly Answer<S, C, E>[], current: Current<S>, position: bigint): void {
    current.position = position;
    for (const each of answers)
      settle(each.waiting, () => {
        if ('error' in each) return each.waiting.reject(each.error);
        each.waiting.resolve({ ...each.ended, position: each.position ?? position });
      });
    for (const each of answers)
      if ('ended' in each && each.learn) current.remembered.learn(each.learn, each.ended.revision, position);
  }
}

const seeNothing = () => undefined;
