import type { Command, Circumstances, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { Event, Recorded } from '../event-store/event.js';
import type {
  AppearanceCancelled, AppearanceConfirmed, AppearanceDeclined, AppearanceInvited, AppearanceState, AppearanceTentativelyConfirmed, AppearanceWithdrawn,
  AttendanceRecorded, Way,
} from './appearances.events.js';
import {
  appearanceIn, mayHappen, onlyOnce, said, sessionToPlan, type GivenSaid, type Seat, type Step,
} from './appearances.rules.js';
import { same } from '../deciding/changes.js';
import type { Appearance, Convening } from './convening.js';
import { theSession } from './programme.rules.js';
import { stands } from './sessions.rules.js';
import { instantIn, slotOf } from './times.js';

/** `answerBy`: the instant until which an answer is hoped for; local, or with an offset. */
export type InviteAppearance = Command<'InviteAppearance', Seat & GivenSaid & { way: Way; answerBy?: string }>;
export type ConfirmAppearance = Command<'ConfirmAppearance', Seat & GivenSaid>;
export type MakeAppearanceTentative = Command<'MakeAppearanceTentative', Seat & GivenSaid>;
export type DeclineAppearance = Command<'DeclineAppearance', Seat & GivenSaid>;
export type WithdrawAppearance = Command<'WithdrawAppearance', Seat & GivenSaid>;
export type CancelAppearance = Command<'CancelAppearance', Seat & GivenSaid>;
export type RecordAttendance = Command<'RecordAttendance', Seat & GivenSaid & { to: 'appeared' | 'absent' }>;
export type AnswerCommand =
  | InviteAppearance | ConfirmAppearance | MakeAppearanceTentative | DeclineAppearance | WithdrawAppearance | CancelAppearance | RecordAttendance;

export type AnswerEvent =
  | AppearanceInvited | AppearanceConfirmed | AppearanceTentativelyConfirmed | AppearanceDeclined | AppearanceWithdrawn | AppearanceCancelled | AttendanceRecorded;

/** The seat, of which the step is possible. */
const seatFor = (step: Step, convening: Readonly<Convening>, seat: Seat) => {
  const session = sessionToPlan(convening, seat.session);
  const appearance = appearanceIn(session, seat.appearance);
  mayHappen(step, appearance);
  return { session, appearance };
};

/** The person says yes, or perhaps. A seat without a name cannot: whoever is named for it later would be announced without having been asked. */
const accepts =
  <Type extends string>(type: Type, step: Step, becomes: AppearanceState) =>
  (command: ConfirmAppearance['data'], convening: Readonly<Convening>, given: Circumstances): Event<Type, AppearanceConfirmed['data']>[] => {
    const { session, appearance } = seatFor(step, convening, command);
    const { person, state, toBeReconfirmed, confirmedFor, answered } = appearance;
    if (person === undefined) throw new Refusal('nobody-named');
    const words = said(command, convening, given, person, person);
    const slot = session.slot && slotOf(session.slot);
    if (state === becomes && !toBeReconfirmed && answered?.by === words.by && same(confirmedFor, slot)) return [];
    if (!stands(appearance)) onlyOnce(session, person, appearance.role, appearance.id);
    return [{ type, data: { ...words, ...(slot && { slot }) } }];
  };

/** The person says no: before, or after having said yes. */
const refuses =
  <Type extends string>(type: Type, step: Step, becomes: AppearanceState) =>
  (command: DeclineAppearance['data'], convening: Readonly<Convening>, given: Circumstances): Event<Type, AppearanceDeclined['data']>[] => {
    const { person, state, answered } = seatFor(step, convening, command).appearance;
    const words = said(command, convening, given, person, person);
    return state === becomes && answered?.by === words.by ? [] : [{ type, data: words }];
  };

const decide: Part<Convening, AnswerCommand, AnswerEvent>['decide'] = {
  InviteAppearance(command, convening, given) {
    const { session, appearance } = seatFor('invite', convening, command);
    const { way } = command;
    const answerBy = command.answerBy === undefined ? undefined : instantIn(command.answerBy, convening.zone);
    if (appearance.state === 'invited' && appearance.answerBy === answerBy) return [];
    if (answerBy !== undefined && answerBy <= given.now) throw new Refusal('answer-by-past', { answerBy });
    if (!stands(appearance)) onlyOnce(session, appearance.person, appearance.role, appearance.id);
    return [{ type: 'AppearanceInvited', data: { ...said(command, convening, given, appearance.person), way, ...(answerBy && { answerBy }) } }];
  },
  ConfirmAppearance: accepts('AppearanceConfirmed', 'confirm', 'confirmed'),
  MakeAppearanceTentative: accepts('AppearanceTentativelyConfirmed', 'makeTentative', 'tentative'),
  DeclineAppearance: refuses('AppearanceDeclined', 'decline', 'declined'),
  WithdrawAppearance: refuses('AppearanceWithdrawn', 'withdraw', 'withdrawn'),
  CancelAppearance(command, convening, given) {
    const { person, state } = seatFor('cancel', convening, command).appearance;
    return state === 'cancelled' ? [] : [{ type: 'AppearanceCancelled', data: said(command, convening, given, person) }];
  },
  RecordAttendance(command, convening, given) {
    const session = theSession(convening, command.session);
    const appearance = appearanceIn(session, command.appearance);
    const { to } = command;
    mayHappen(to, appearance);
    const { state: from, person, role, id } = appearance;
    if (from === to) return [];
    if (!stands(appearance)) onlyOnce(session, person, role, id);
    return [{ type: 'AttendanceRecorded', data: { ...said(command, convening, given, person), from, to } }];
  },
};

/** The seat that a fact is about, which it cleared in the state. */
const becomes = ({ sessions }: Convening, seat: Seat, { revision }: Recorded, state: AppearanceState): Appearance => {
  const session = sessions.get(seat.session)!;
  const appearance = session.appearances.get(seat.appearance)!;
  session.revision = revision;
  return Object.assign(appearance, { state, revision });
};

/** The seat in its new state: what it was confirmed for no longer holds, and no answer is awaited. */
export const cleared = (convening: Convening, seat: Seat, recorded: Recorded, state: AppearanceState): Appearance => {
  const appearance = becomes(convening, seat, recorded, state);
  delete appearance.confirmedFor;
  delete appearance.answerBy;
  appearance.toBeReconfirmed = false;
  return appearance;
};

const accepted = (convening: Convening, { by, slot, ...seat }: AppearanceConfirmed['data'], recorded: Recorded, state: AppearanceState) => {
  const appearance = cleared(convening, seat, recorded, state);
  if (slot) appearance.confirmedFor = slot;
  appearance.answered = { by, revision: recorded.revision };
};

const refused = (convening: Convening, { by, ...seat }: AppearanceDeclined['data'], recorded: Recorded, state: AppearanceState) => {
  cleared(convening, seat, recorded, state).answered = { by, revision: recorded.revision };
};

const evolve: Part<Convening, AnswerCommand, AnswerEvent>['evolve'] = {
  AppearanceInvited(convening, { answerBy, ...seat }, recorded) {
    const appearance = cleared(convening, seat, recorded, 'invited');
    if (answerBy) appearance.answerBy = answerBy;
  },
  AppearanceConfirmed: (convening, event, recorded) => accepted(convening, event, recorded, 'confirmed'),
  AppearanceTentativelyConfirmed: (convening, event, recorded) => accepted(convening, event, recorded, 'tentative'),
  AppearanceDeclined: (convening, event, recorded) => refused(convening, event, recorded, 'declined'),
  AppearanceWithdrawn: (convening, event, recorded) => refused(convening, event, recorded, 'withdrawn'),
  AppearanceCancelled: (convening, event, recorded) => void cleared(convening, event, recorded, 'cancelled'),
  AttendanceRecorded: (convening, event, recorded) => void (becomes(convening, event, recorded, event.to).toBeReconfirmed = false),
};

/** What becomes of a seat: invited, answered, given up, and on the day taken or left empty. */
export const answers: Part<Convening, AnswerCommand, AnswerEvent> = { decide, evolve };
