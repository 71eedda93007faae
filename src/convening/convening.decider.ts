import type { Circumstances, Decider, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { PersonId } from '../event-store/personal.js';
import type { Recorded } from '../event-store/event.js';
import { appearances, type AppearanceCommand } from './appearances.decider.js';
import { availability, type AvailabilityCommand } from './availability.decider.js';
import { carryingOver, type CarryingOverCommand } from './carrying-over.decider.js';
import { conclusion, type ConclusionCommand } from './conclusion.decider.js';
import { namedBy } from './conflict-keys.rules.js';
import { conflicts, type ConflictCommand } from './conflicts.decider.js';
import { noConvening, type Convening } from './convening.js';
import type { ConveningEvent } from './convening.events.js';
import { details, type DetailsCommand } from './details.decider.js';
import { judging, policyAfter, type Refusing, type Supposing } from './judgement.rules.js';
import { permit, sortOf } from './permission.rules.js';
import { blockedIn } from './programme-document.decider.js';
import type { Machine } from './programme-draft.decider.js';
import { programmeEvolve, settingProgramme, type ProgrammeCommand, type SetProgramme } from './programme.decider.js';
import { publications, publishing, type PublicationCommand } from './publications.decider.js';
import type { AgendaPublished } from './publications.events.js';
import { holdingInSteps, latestStanding } from './publications.rules.js';
import { rooms, type RoomCommand } from './rooms.decider.js';
import { runningOrder, type RunningOrderCommand } from './running-order.decider.js';
import { sessions, type SessionCommand } from './sessions.decider.js';
import { slots, type SlotCommand } from './slots.decider.js';
import { drained } from '../event-store/steps.js';
import { supposing } from './supposition.rules.js';
import { takingBack, type TakingBackCommand } from './taking-back.decider.js';
import { tracks, type TrackCommand } from './tracks.decider.js';

/** Everything that can be asked of a convening. */
export type ConveningCommand =
  | DetailsCommand | CarryingOverCommand | RoomCommand | TrackCommand | SessionCommand | SlotCommand | RunningOrderCommand
  | AppearanceCommand | AvailabilityCommand | ConflictCommand | PublicationCommand | ConclusionCommand | ProgrammeCommand | TakingBackCommand;

/** What larger commands are decided with, step by step. */
const machine: Machine = { decide: (...asked) => decided(...asked), evolve: (...told) => evolve(...told) };
function* setProgramme(command: SetProgramme['data'], state: Readonly<Convening>, given: Circumstances): Generator<undefined, readonly ConveningEvent[]> {
  return (yield* settingProgramme(command, state, given, machine)).events;
}
const carrying = carryingOver({ setProgramme, evolve: (...told) => machine.evolve(...told) });

/** The parts in one table; a missing row is a compiler's error here. */
const parts: Part<Convening, ConveningCommand, ConveningEvent> = {
  decide: {
    ...details.decide, ...rooms.decide, ...tracks.decide, ...sessions.decide, ...slots.decide, ...runningOrder.decide,
    ...appearances.decide, ...availability.decide, ...conflicts.decide, ...publications.decide, ...conclusion.decide,
    SetProgramme: (...asked) => drained(setProgramme(...asked)), PlanConveningFrom: (...asked) => drained(carrying.planFrom(...asked)),
    ...takingBack(machine).decide,
  },
  evolve: {
    ...details.evolve, ...rooms.evolve, ...tracks.evolve, ...sessions.evolve, ...slots.evolve, ...runningOrder.evolve,
    ...appearances.evolve, ...availability.evolve, ...conflicts.evolve, ...publications.evolve, ...conclusion.evolve,
    ...carrying.evolve, ...programmeEvolve,
    // What follows it makes it so.
    ChangesTakenBack: () => undefined,
  },
};
// The types above have tied each row to its command or event; a lookup by a union of types forgets it.
const decisions = parts.decide as Readonly<Record<string, (command: object, state: Readonly<Convening>, given: Circumstances) => readonly ConveningEvent[]>>;
const folds = parts.evolve as Readonly<Record<string, (state: Convening, event: object, recorded: Recorded) => void>>;

/** Commands that begin a convening. */
const beginning: ReadonlySet<ConveningCommand['type']> = new Set(['PlanConvening', 'PlanConveningFrom'] as const);

/** What the parts say to a command, before anything is judged: for a document, which is judged on its result. @throws Refusal */
export const decided = (state: Readonly<Convening>, command: ConveningCommand, given: Circumstances): readonly ConveningEvent[] => {
  if (state.phase === 'unplanned' && !beginning.has(command.type)) throw new Refusal('unknown-convening');
  return decisions[command.type]!(command.data, state, given);
};

/**
 * Facts that were decided, judged on what comes of them: whether they may come about now and what the rules say; then the accepted
 * conflicts that come about follow them, and, where the policy publishes at once, the publication. @throws Refusal
 */
export const judged = (state: Readonly<Convening>, events: readonly ConveningEvent[], given: Circumstances): readonly ConveningEvent[] => {
  // What is lent to one question is given back before anybody else has their turn.
  const supposed = (facts: readonly ConveningEvent[]): Supposing =>
    function* (ask) {
      return supposing(state, facts, (after) => evolveAll(after, facts, given), (after) => drained(ask(after)));
    };
  return drained(judgedInSteps(state, events, given, supposed));
};

/** `supposed`: asks the convening as it would be after facts that begin with these. `refusal`: how conflicts are refused, unless as usual. */
function* judgedInSteps(
  state: Readonly<Convening>, events: readonly ConveningEvent[], given: Circumstances,
  supposed: (facts: readonly ConveningEvent[]) => Supposing, refusal?: Refusing,
): Generator<undefined, readonly ConveningEvent[]> {
  if (events.length === 0) return events;
  permit(events, state, given);
  if (events.every((event) => sortOf(event) === 'record')) return events;
  yield;
  const all = [...events, ...(yield* judging(state, events, supposed(events), refusal))];
  const publishes = policyAfter(events, state).publish === 'at-once' && events.some(showsInAgenda);
  yield;
  return publishes ? [...all, ...(yield* supposed(all)(publishedAtOnce))] : all;
}

/** A document is judged on the copy that became what it says. */
function* documentJudged(state: Readonly<Convening>, { data }: ConveningCommand & { type: 'SetProgramme' }, given: Circumstances): Generator<undefined, readonly ConveningEvent[]> {
  const draft = yield* settingProgramme(data, state, given, machine);
  const { events } = draft;
  const supposed = (facts: readonly ConveningEvent[]): Supposing =>
    function* (ask) {
      for (const event of facts.slice(events.length)) evolve(draft.state, event, { revision: state.revision + 1, at: given.now });
      return yield* ask(draft.state);
    };
  return yield* judgedInSteps(state, [...events], given, supposed, blockedIn(data.programme));
}

const evolveAll = (state: Convening, events: readonly ConveningEvent[], { now }: Circumstances) => {
  for (const event of events) evolve(state, event, { revision: state.revision + 1, at: now });
};

const evolve = (state: Convening, event: ConveningEvent, recorded: Recorded): void => {
  folds[event.type]!(state, event.data, recorded);
  state.revision = recorded.revision;
  state.at = recorded.at;
  const subject = subjectOf(event);
  const about = subject && partsOf[subject.kind](state).get(subject.id);
  if (about) about.revision = recorded.revision;
};

/** By the policy `at-once`, each change publishes itself, unless conflicts hold it. */
function* publishedAtOnce(after: Readonly<Convening>): Generator<undefined, AgendaPublished[]> {
  if (after.unfinished || (yield* holdingInSteps(after)).length > 0) return [];
  const number = after.publications.length + 1;
  const labels = new Set(after.publications.map(({ label }) => label));
  let label = `update-${number}`;
  while (labels.has(label)) label += '-again';
  return [{ type: 'AgendaPublished', data: { number, label, audience: latestStanding(after)?.audience ?? 'public' } }];
}

const showsInAgenda = (event: ConveningEvent) =>
  ['plan', 'answer', 'wording'].includes(sortOf(event)) && event.type !== 'AvailabilityStated' && event.type !== 'SessionNotesChanged';

/** The parts of a convening that have revisions of their own. */
const partsOf = {
  session: ({ sessions }: Readonly<Convening>): ReadonlyMap<string, { revision: number }> => sessions,
  room: ({ rooms }: Readonly<Convening>): ReadonlyMap<string, { revision: number }> => rooms,
  track: ({ tracks }: Readonly<Convening>): ReadonlyMap<string, { revision: number }> => tracks,
};
type PartKind = keyof typeof partsOf;
const isPartKind = (kind: string): kind is PartKind => Object.hasOwn(partsOf, kind);

/** A fact's data names the part it is about by one of these fields, whatever its type; a session's may name its track or room beside it. */
const subjectOf = ({ data }: ConveningEvent): { kind: PartKind; id: string } | undefined => {
  const { session, room, track } = data as { session?: string; room?: string; track?: string };
  if (session !== undefined) return { kind: 'session', id: session };
  if (room !== undefined) return { kind: 'room', id: room };
  return track === undefined ? undefined : { kind: 'track', id: track };
};

/** What is decided, judged on what comes of it. @throws Refusal */
export function* decidedInSteps(state: Readonly<Convening>, command: ConveningCommand, given: Circumstances): Generator<undefined, readonly ConveningEvent[]> {
  if (command.type === 'SetProgramme' && state.phase !== 'unplanned') return yield* documentJudged(state, command, given);
  // The conflicts of what is carried over came about elsewhere: nothing is refused for them, and they hold publication.
  if (command.type === 'PlanConveningFrom') return yield* carrying.planFrom(command.data, state, given);
  if (command.type === 'PublishAgenda' && state.phase !== 'unplanned') return judged(state, yield* publishing(command.data, state), given);
  return judged(state, decided(state, command, given), given);
}

/** All decisions about a convening: its stream is `convening-<id>`. */
export const conveningDecider: Decider<Convening, ConveningCommand, ConveningEvent> = {
  initial: noConvening,
  evolve,
  decide: (state, command, given) => drained(decidedInSteps(state, command, given)),
  decideInSteps: decidedInSteps,
  partOf: ({ type }, part, of) => (type === 'SetProgramme' || type === 'PlanConveningFrom' ? { type: 'ProgrammePartSet', data: { part, of } } : undefined),
  revisionOf: (state, { kind, id }) => (isPartKind(kind) ? partsOf[kind](state).get(id)?.revision : state.phase === 'unplanned' ? undefined : state.revision),
  isAbout(event, { kind, id }) {
    const subject = subjectOf(event);
    return !isPartKind(kind) || (subject?.kind === kind && subject.id === id);
  },
  concerns(state, { type, data }): PersonId | undefined {
    if (type === 'AcceptConflict') return namedBy(data.conflict, state)?.person;
    const { session, appearance, person } = data as { session?: string; appearance?: string; person?: PersonId };
    const seat = session === undefined || appearance === undefined ? undefined : state.sessions.get(session)?.appearances.get(appearance);
    return seat?.person ?? person;
  },
};
