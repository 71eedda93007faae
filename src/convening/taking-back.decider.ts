import type { Circumstances, Command } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { Convening } from './convening.js';
import type { ConveningEvent } from './convening.events.js';
import { inverses, type Before, type Taking } from './inverses.decider.js';
import { Draft, type Machine, type StepCommand } from './programme-draft.decider.js';
import type { ChangesTakenBack } from './taking-back.events.js';

/** A fact of the convening, with its revision. */
export interface Fact {
  readonly revision: number;
  readonly event: ConveningEvent;
}

/** Takes these facts back, in their order the oldest first, by facts that make it as it was. `before`: how it was before the first of them. */
export type TakeBack = Command<'TakeBack', { facts: readonly Fact[]; before: Before }>;
export type TakingBackCommand = TakeBack;

type Decide = (command: TakeBack['data'], convening: Readonly<Convening>, given: Circumstances) => readonly ConveningEvent[];

/**
 * What happened stays; what it made is made as it was, by the decisions of the other parts (`machine`), on a copy that is judged on what comes of it.
 * Refused whole, with every reason, where one of the facts cannot be taken back or what it made was changed since.
 */
export const takingBack = (machine: Machine): { readonly decide: { readonly TakeBack: Decide } } => ({
  decide: {
    TakeBack({ facts, before }, convening, given) {
      const changes = facts.filter(isChange);
      const revisions = changes.map(({ revision }) => revision);
      const draft = new Draft(convening, machine, given);
      const taking: Taking = { state: draft.state, now: convening, before, revisions: new Set(revisions), open: given.open };
      for (const fact of backwards(changes)) takeBack(draft, fact, taking);
      if (draft.faults.length > 0) throw new Refusal('not-taken-back', {}, draft.faults);
      if (draft.events.length === 0) return [];
      return [{ type: 'ChangesTakenBack', data: { revisions } } satisfies ChangesTakenBack, ...draft.events];
    },
  },
});

/** A command that published by itself, by the policy, publishes once more when it is taken back; that version stays. */
const isChange = ({ event }: Fact, _: number, { length }: readonly Fact[]) => event.type !== 'AgendaPublished' || length === 1;

/**
 * In which order facts are taken back that stand in each other's way; the others after them. With the zone sessions move back; a cancelled session is
 * planned no further; an order of seats is of those that were there then, also where one of the same id was there before; a seat that was added makes room
 * for its person's that was removed; and that one may be named by items that come back.
 */
const foremost: readonly ConveningEvent['type'][] = ['ConveningZoneChanged', 'SessionCancelled', 'AppearancesReordered', 'AppearanceProposed', 'AppearanceRemoved'];

/** The last first, but for those. */
const backwards = (facts: readonly Fact[]): readonly Fact[] => {
  const reversed = facts.toReversed();
  return [...foremost.flatMap((type) => reversed.filter(({ event }) => event.type === type)), ...reversed.filter(({ event }) => !foremost.includes(event.type))];
};

const takeBack = (draft: Draft, { revision, event }: Fact, taking: Taking): void => {
  const at = `#/${revision}`;
  try {
    for (const step of stepsOf(event, taking)) if (!draft.ask(step, at)) return;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    draft.refuse(at, error.code, error.about);
  }
};

/** The table's type has tied each row to its fact; a lookup by a union of types forgets it. */
const stepsOf = ({ type, data }: ConveningEvent, taking: Taking) => (inverses[type] as (data: object, taking: Taking) => readonly StepCommand[])(data, taking);
