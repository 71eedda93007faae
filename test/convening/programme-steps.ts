import type { ConveningCommand } from '../../src/convening/convening.decider.js';
import { conveningDecider } from '../../src/convening/convening.decider.js';
import type { ConveningEvent } from '../../src/convening/convening.events.js';
import type { Convening, Session } from '../../src/convening/convening.js';
import type { Credit, Office } from '../../src/convening/appearances.events.js';
import type { Personal } from '../../src/event-store/personal.js';
import { now, openTold } from '../given.js';
import { ask } from './programmes.js';

const told = (credit: Personal<Credit> | undefined, office?: Office) => {
  const opened = credit && openTold(credit);
  return opened && !('withheld' in opened) ? opened : office;
};

/** An item whose seat went is nobody's until its own fact follows. */
const itemsOf = ({ items, appearances }: Session) => items.map(({ appearance, ...item }) => ({ ...item, ...(appearance !== undefined && appearances.has(appearance) && { appearance }) }));

/** The command by which a fact of a document would have been asked for by itself. `after`: the convening with the fact. */
const commandFor = (event: ConveningEvent, after: Readonly<Convening>): ConveningCommand | undefined => {
  switch (event.type) {
    case 'RoomAdded': return { type: 'AddRoom', data: event.data };
    case 'RoomChanged': return { type: 'ChangeRoom', data: { room: event.data.room, to: { ...event.data.to, name: event.data.to.name ?? after.rooms.get(event.data.room)!.name } } };
    case 'RoomRemoved': return { type: 'RemoveRoom', data: { room: event.data.room } };
    case 'RoomsReordered': return { type: 'ReorderRooms', data: { order: event.data.to } };
    case 'TrackAdded': return { type: 'AddTrack', data: event.data };
    case 'TrackChanged': return { type: 'ChangeTrack', data: { track: event.data.track, to: { name: after.tracks.get(event.data.track)!.name } } };
    case 'TrackRemoved': return { type: 'RemoveTrack', data: { track: event.data.track } };
    case 'TracksReordered': return { type: 'ReorderTracks', data: { order: event.data.to } };
    case 'SessionPlanned': {
      const { notes, ...data } = event.data;
      return { type: 'PlanSession', data: { ...data, ...(notes && { notes: openTold(notes) as string }) } };
    }
    // Cast: what a fact says that a session says may be asked for.
    case 'SessionDetailsChanged': return { type: 'ChangeSession', data: { session: event.data.session, to: event.data.to as object } };
    case 'SessionNotesChanged': return { type: 'ChangeSession', data: { session: event.data.session, notes: event.data.to ? (openTold(event.data.to) as string) : null } };
    case 'SessionCancelled': return { type: 'CancelSession', data: event.data };
    case 'SessionReinstated': return { type: 'ReinstateSession', data: event.data };
    case 'SessionRemoved': return { type: 'RemoveSession', data: { session: event.data.session } };
    case 'SessionsReordered': return { type: 'ReorderSessions', data: { order: event.data.to } };
    case 'SessionScheduled': return { type: 'ScheduleSession', data: event.data };
    case 'SessionMoved': return { type: 'ScheduleSession', data: { session: event.data.session, slot: event.data.to } };
    case 'SessionUnscheduled': return { type: 'UnscheduleSession', data: { session: event.data.session } };
    case 'ItemAdded': case 'ItemChanged': case 'ItemRemoved': case 'ItemsReordered':
      return { type: 'SetRunningOrder', data: { session: event.data.session, items: itemsOf(after.sessions.get(event.data.session)!) } };
    case 'AppearanceProposed': {
      const { credit, office, note: _, replaces: __, ...seat } = event.data;
      const printed = told(credit, office);
      return { type: 'ProposeAppearance', data: { ...seat, ...(printed && { credit: printed }) } };
    }
    case 'AppearanceNamed': return { type: 'NameAppearance', data: { session: event.data.session, appearance: event.data.appearance, person: event.data.person, credit: told(event.data.credit)! } };
    case 'CreditChanged': return { type: 'ChangeAppearance', data: { session: event.data.session, appearance: event.data.appearance, credit: told(event.data.to)! } };
    case 'OfficeChanged': return { type: 'ChangeAppearance', data: { session: event.data.session, appearance: event.data.appearance, credit: event.data.to ?? {} } };
    case 'RoleChanged': return { type: 'ChangeAppearance', data: { session: event.data.session, appearance: event.data.appearance, role: event.data.to } };
    case 'RepresentationChanged': return { type: 'ChangeAppearance', data: { session: event.data.session, appearance: event.data.appearance, represents: event.data.to ?? null } };
    case 'AppearanceInvited': return { type: 'InviteAppearance', data: { session: event.data.session, appearance: event.data.appearance, way: 'other' } };
    case 'AppearanceConfirmed': return { type: 'ConfirmAppearance', data: { session: event.data.session, appearance: event.data.appearance, by: event.data.by } };
    case 'AppearanceTentativelyConfirmed': return { type: 'MakeAppearanceTentative', data: { session: event.data.session, appearance: event.data.appearance, by: event.data.by } };
    case 'AppearanceWithdrawn': return { type: 'WithdrawAppearance', data: { session: event.data.session, appearance: event.data.appearance, by: event.data.by } };
    case 'AppearanceCancelled': return { type: 'CancelAppearance', data: { session: event.data.session, appearance: event.data.appearance } };
    case 'AppearanceRemoved': return { type: 'RemoveAppearance', data: { session: event.data.session, appearance: event.data.appearance } };
    case 'AppearancesReordered': return { type: 'ReorderAppearances', data: { session: event.data.session, order: event.data.to } };
    case 'ReconfirmationAsked': return undefined; // Follows a move by itself.
    default: throw new Error(`A document brings about ${event.type}, and nobody said how it is asked for.`);
  }
};

/** Asks for each fact by itself; the code of the first refusal. `shadow`: follows the facts. */
export const askedBySteps = (convening: Convening, shadow: Convening, events: readonly ConveningEvent[]): string | undefined => {
  for (const event of events) {
    conveningDecider.evolve(shadow, event, { revision: shadow.revision + 1, at: now });
    const command = commandFor(event, shadow);
    const { refused } = command ? ask(convening, command) : {};
    if (refused) return refused.code;
  }
  return undefined;
};
