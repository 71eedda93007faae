import type { Catalogue } from '../event-store/event.js';
import type { AppearanceEvent } from './appearances.events.js';
import type { AvailabilityEvent } from './availability.events.js';
import type { CarryingOverEvent } from './carrying-over.events.js';
import type { ConclusionEvent } from './conclusion.events.js';
import type { ConflictEvent } from './conflicts.events.js';
import type { DetailsEvent } from './details.events.js';
import type { PolicyEvent } from './policy.events.js';
import type { ProgrammeEvent } from './programme.events.js';
import type { PublicationEvent } from './publications.events.js';
import type { RoomEvent } from './rooms.events.js';
import type { RunningOrderEvent } from './running-order.events.js';
import type { SessionEvent } from './sessions.events.js';
import type { SlotEvent } from './slots.events.js';
import type { TakingBackEvent } from './taking-back.events.js';
import type { TrackEvent } from './tracks.events.js';

/** Everything that can happen to a convening: the facts of the stream `convening-<id>`. */
export type ConveningEvent =
  | DetailsEvent | CarryingOverEvent | PolicyEvent | RoomEvent | TrackEvent | SessionEvent | SlotEvent | RunningOrderEvent
  | AppearanceEvent | AvailabilityEvent | ConflictEvent | PublicationEvent | ConclusionEvent | TakingBackEvent | ProgrammeEvent;

export const conveningStream = (convening: string) => `convening-${convening}`;

const plain = { schema: 1, personal: {} } as const;
const noted = { schema: 1, personal: { note: true } } as const;

/** One row a fact: the version of its shape, and which of its fields are personal. */
export const conveningCatalogue: Catalogue<ConveningEvent> = {
  ConveningPlanned: plain,
  ProgrammeCarriedOver: plain,
  ConveningDetailsChanged: plain,
  ConveningDatesChanged: plain,
  ConveningZoneChanged: plain,
  PolicyChanged: plain,
  RoomAdded: plain,
  RoomChanged: plain,
  RoomRemoved: plain,
  RoomsReordered: plain,
  TrackAdded: plain,
  TrackChanged: plain,
  TrackRemoved: plain,
  TracksReordered: plain,
  SessionPlanned: { schema: 1, personal: { notes: true } },
  SessionDetailsChanged: plain,
  SessionNotesChanged: { schema: 1, personal: { from: true, to: true } },
  SessionCancelled: plain,
  SessionReinstated: plain,
  SessionRemoved: plain,
  SessionsReordered: plain,
  SessionScheduled: plain,
  SessionMoved: plain,
  SessionUnscheduled: plain,
  ReconfirmationAsked: plain,
  ItemAdded: plain,
  ItemChanged: plain,
  ItemRemoved: plain,
  ItemsReordered: plain,
  AppearanceProposed: { schema: 1, personal: { credit: true, note: true } },
  AppearanceNamed: { schema: 1, personal: { credit: true, note: true } },
  CreditChanged: { schema: 1, personal: { from: true, to: true } },
  OfficeChanged: plain,
  RoleChanged: plain,
  RepresentationChanged: plain,
  AppearanceInvited: noted,
  AppearanceConfirmed: noted,
  AppearanceTentativelyConfirmed: noted,
  AppearanceDeclined: noted,
  AppearanceWithdrawn: noted,
  AppearanceCancelled: noted,
  AppearanceReplaced: noted,
  AttendanceRecorded: noted,
  AppearanceRemoved: { schema: 1, personal: { credit: true } },
  AppearancesReordered: plain,
  AvailabilityStated: plain,
  ConflictAccepted: { schema: 1, personal: { reason: true } },
  AcceptedConflictArose: plain,
  ConflictAcceptanceWithdrawn: plain,
  AgendaPublished: plain,
  PublicationWithdrawn: plain,
  ConveningConcluded: plain,
  ReportedAttendanceCorrected: plain,
  ConveningCancelled: plain,
  ChangesTakenBack: plain,
  ProgrammePartSet: plain,
};
