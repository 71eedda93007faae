import type { Circumstances } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { DataOf } from '../event-store/event.js';
import { same } from '../deciding/changes.js';
import type { Convening } from './convening.js';
import type { ConveningEvent } from './convening.events.js';

/**
 * What a fact is to a convening. `plan`: a change of what is planned. `answer`: what people said of themselves. `wording`: texts,
 * credits and links. `attendance`: who was there. `record`: publications and acceptances. `milestone`: its beginning and end.
 */
export type Sort = 'plan' | 'answer' | 'wording' | 'attendance' | 'record' | 'milestone';

/** In which phases facts of a sort come about. */
const phases: Readonly<Record<Sort, readonly Convening['phase'][]>> = {
  plan: ['planned'],
  answer: ['planned'],
  wording: ['planned', 'concluded'],
  attendance: ['planned', 'concluded'],
  record: ['planned', 'concluded', 'cancelled'],
  milestone: ['unplanned', 'planned'],
};

type Row<E extends ConveningEvent['type']> = Sort | ((data: DataOf<ConveningEvent, E>) => Sort);

const wordingIfOnly =
  (...fields: readonly string[]) =>
  ({ to }: { to: object }): Sort =>
    Object.keys(to).every((field) => fields.includes(field)) ? 'wording' : 'plan';

const sorts: { readonly [T in ConveningEvent['type']]: Row<T> } = {
  ConveningPlanned: 'milestone',
  ProgrammeCarriedOver: 'milestone',
  ConveningDetailsChanged: wordingIfOnly('title', 'subtitle', 'description', 'venue', 'organisers', 'links'),
  ConveningDatesChanged: 'plan',
  ConveningZoneChanged: 'plan',
  PolicyChanged: 'plan',
  RoomAdded: 'plan',
  RoomChanged: wordingIfOnly('name', 'description'),
  RoomRemoved: 'plan',
  RoomsReordered: 'plan',
  TrackAdded: 'plan',
  TrackChanged: wordingIfOnly('name'),
  TrackRemoved: 'plan',
  TracksReordered: 'plan',
  ProgrammePartSet: 'plan',
  SessionPlanned: 'plan',
  SessionDetailsChanged: wordingIfOnly('title', 'subtitle', 'abstract', 'links'),
  SessionNotesChanged: 'wording',
  SessionCancelled: 'plan',
  SessionReinstated: 'plan',
  SessionRemoved: 'plan',
  SessionsReordered: 'plan',
  SessionScheduled: 'plan',
  SessionMoved: 'plan',
  SessionUnscheduled: 'plan',
  ReconfirmationAsked: 'plan',
  ItemAdded: 'plan',
  ItemChanged: ({ from, to }) => (same({ ...from, title: {} }, { ...to, title: {} }) ? 'wording' : 'plan'),
  ItemRemoved: 'plan',
  ItemsReordered: 'plan',
  AppearanceProposed: 'plan',
  AppearanceNamed: 'plan',
  CreditChanged: 'wording',
  OfficeChanged: 'wording',
  RoleChanged: 'plan',
  RepresentationChanged: 'wording',
  AppearanceInvited: 'plan',
  AppearanceConfirmed: 'answer',
  AppearanceTentativelyConfirmed: 'answer',
  AppearanceDeclined: 'answer',
  AppearanceWithdrawn: 'answer',
  AppearanceCancelled: 'plan',
  AppearanceReplaced: 'plan',
  AttendanceRecorded: 'attendance',
  AppearanceRemoved: 'plan',
  AppearancesReordered: 'plan',
  AvailabilityStated: 'answer',
  ConflictAccepted: 'record',
  AcceptedConflictArose: 'record',
  ConflictAcceptanceWithdrawn: 'record',
  AgendaPublished: 'record',
  PublicationWithdrawn: 'record',
  ConveningConcluded: 'milestone',
  ReportedAttendanceCorrected: 'attendance',
  ConveningCancelled: 'plan',
  ChangesTakenBack: 'record',
};

/** What this fact is to its convening. */
export const sortOf = (event: ConveningEvent): Sort => {
  // The table's type has tied each row to its event; a lookup by a union of types forgets it.
  const row = sorts[event.type] as Sort | ((data: ConveningEvent['data']) => Sort);
  return typeof row === 'string' ? row : row(event.data);
};

/** Whether these facts may come about now. @throws Refusal `convening-over`, `reason-required` */
export const permit = (events: readonly ConveningEvent[], { phase, policy, publications }: Readonly<Convening>, { reason }: Circumstances): void => {
  const found = new Set(events.map(sortOf));
  for (const sort of found) if (!phases[sort].includes(phase)) throw new Refusal('convening-over');
  const mustSayWhy = (phase === 'concluded' && found.has('wording')) || (policy.reasonRequired && publications.length > 0);
  if (mustSayWhy && !reason && (found.has('plan') || found.has('wording'))) throw new Refusal('reason-required');
};
