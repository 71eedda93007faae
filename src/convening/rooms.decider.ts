import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { changed, difference, same, writtenDown, type Writing } from '../deciding/changes.js';
import type { Convening, Room } from './convening.js';
import { inOrder, reordering } from './order.rules.js';
import { theRoom } from './programme.rules.js';
import type { RoomDetails, RoomEvent } from './rooms.events.js';
import { inLanguages, type GivenText } from './texts.js';
import { firstLanguage, textIn } from './wording.rules.js';

/** A room as it may be asked for. */
export interface GivenRoom {
  readonly name: GivenText;
  readonly capacity?: number;
  readonly description?: GivenText;
}
/** What is left out stays; null removes. */
export interface GivenRoomChange {
  readonly name?: GivenText;
  readonly capacity?: number | null;
  readonly description?: GivenText | null;
}

export type AddRoom = Command<'AddRoom', GivenRoom & { room: string }>;
export type ChangeRoom = Command<'ChangeRoom', { room: string; to: GivenRoomChange }>;
export type RemoveRoom = Command<'RemoveRoom', { room: string }>;
/** `order`: the ids of all rooms. */
export type ReorderRooms = Command<'ReorderRooms', { order: readonly string[] }>;
export type RoomCommand = AddRoom | ChangeRoom | RemoveRoom | ReorderRooms;

const writing: Writing<GivenRoomChange, RoomDetails> = { name: inLanguages, description: textIn };

export const rooms: Part<Convening, RoomCommand, RoomEvent> = {
  decide: {
    AddRoom({ room, ...given }, convening) {
      const details = changed<RoomDetails>({ name: {} }, writtenDown(given, writing, firstLanguage(convening)));
      const held = convening.rooms.get(room);
      if (!held) return [{ type: 'RoomAdded', data: { room, ...details } }];
      if (same(detailsOf(held), details)) return [];
      throw new Refusal('room-exists', { room });
    },
    ChangeRoom({ room, to }, convening) {
      const change = difference<RoomDetails>(theRoom(convening, room), writtenDown(to, writing, firstLanguage(convening)));
      return change ? [{ type: 'RoomChanged', data: { room, ...change } }] : [];
    },
    RemoveRoom({ room }, convening) {
      const from = detailsOf(theRoom(convening, room));
      const sessions = [...convening.sessions.values()].filter(({ slot }) => slot?.room === room).map(({ id }) => id);
      if (sessions.length > 0) throw new Refusal('room-in-use', { room, sessions });
      return [{ type: 'RoomRemoved', data: { room, from } }];
    },
    ReorderRooms({ order }, convening) {
      const data = reordering(convening.rooms.keys(), order);
      return data ? [{ type: 'RoomsReordered', data }] : [];
    },
  },
  evolve: {
    RoomAdded: ({ rooms }, { room, ...details }, { revision }) => void rooms.set(room, { ...details, revision }),
    RoomChanged: ({ rooms }, { room, to }) => void rooms.set(room, changed<Room>(rooms.get(room)!, to)),
    RoomRemoved: ({ rooms }, { room }) => void rooms.delete(room),
    RoomsReordered: (convening, { to }) => void (convening.rooms = inOrder(convening.rooms, to)),
  },
};

const detailsOf = ({ revision: _, ...details }: Room): RoomDetails => details;
