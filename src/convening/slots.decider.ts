import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { Convening, Session } from './convening.js';
import { theSession } from './programme.rules.js';
import type { ReconfirmationAsked, Slot, SlotEvent } from './slots.events.js';
import { holdsFor, inQuestion, sameSlot } from './slots.rules.js';
import { instantOf, placed, slotOf, wallClock } from './times.js';

/** Gives a session its slot, or moves it there: who asks need not know which of the two it is. Times are local, or have an offset. */
export type ScheduleSession = Command<'ScheduleSession', { session: string; slot: Slot }>;
export type UnscheduleSession = Command<'UnscheduleSession', { session: string }>;
export type SlotCommand = ScheduleSession | UnscheduleSession;

export const slots: Part<Convening, SlotCommand, SlotEvent> = {
  decide: {
    ScheduleSession({ session, slot }, convening) {
      const held = theSession(convening, session);
      const to = slotOf({ ...slot, start: wallClock(slot.start, convening.zone), end: wallClock(slot.end, convening.zone) });
      const from = held.slot && slotOf(held.slot);
      if (from && sameSlot(from, to)) return [];
      if (held.cancelled) throw new Refusal('session-cancelled', { session });
      if (to.room !== undefined && !convening.rooms.has(to.room)) throw new Refusal('slot-in-unknown-room', { session, room: to.room });
      if (instantOf(to.end) <= instantOf(to.start)) throw new Refusal('ends-before-it-starts', { start: to.start, end: to.end });
      return [
        from ? { type: 'SessionMoved', data: { session, from, to } } : { type: 'SessionScheduled', data: { session, slot: to } },
        ...asked(held, convening, from, to),
      ];
    },
    UnscheduleSession({ session }, convening) {
      const { slot } = theSession(convening, session);
      return slot ? [{ type: 'SessionUnscheduled', data: { session, from: slotOf(slot) } }] : [];
    },
  },
  evolve: {
    SessionScheduled: (convening, { session, slot }) => place(convening, session, slot),
    SessionMoved: (convening, { session, to }) => place(convening, session, to),
    SessionUnscheduled: ({ sessions }, { session }) => void delete sessions.get(session)!.slot,
    ReconfirmationAsked({ sessions }, { session, appearance }) {
      sessions.get(session)!.appearances.get(appearance)!.toBeReconfirmed = true;
    },
  },
};

const asked = (session: Session, { policy }: Readonly<Convening>, from: Slot | undefined, to: Slot): ReconfirmationAsked[] =>
  inQuestion(session, policy, from, to).map((each) => ({
    type: 'ReconfirmationAsked',
    data: { session: session.id, appearance: each.appearance, from: each.from, to },
  }));

/** A session that comes back to where it was confirmed for has its confirmations again. */
const place = ({ sessions, policy }: Convening, session: string, slot: Slot) => {
  const held = sessions.get(session)!;
  held.slot = placed(slot);
  for (const appearance of held.appearances.values())
    if (appearance.toBeReconfirmed && appearance.confirmedFor && holdsFor(policy, appearance.confirmedFor, slot)) appearance.toBeReconfirmed = false;
};
