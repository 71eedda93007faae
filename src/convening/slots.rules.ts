import type { Appearance, Session } from './convening.js';
import type { Policy } from './policy.events.js';
import type { Slot } from './slots.events.js';

/** Same room, same hours. */
export const sameSlot = (a: Slot, b: Slot): boolean => a.room === b.room && sameHours(a, b);

/** Same hours, in whatever room. */
export const sameHours = (a: Slot, b: Slot): boolean => a.start === b.start && a.end === b.end;

const unaffected: Readonly<Record<Policy['reconfirm'], (a: Slot, b: Slot) => boolean>> = {
  never: () => true,
  time: sameHours,
  'time-or-room': sameSlot,
};

/** Whether a confirmation given for one slot holds for another, by the convening's policy. */
export const holdsFor = ({ reconfirm }: Policy, given: Slot, slot: Slot): boolean => unaffected[reconfirm](given, slot);

/** A confirmation that a move puts in question, and the slot it was given for, as far as that is known. */
export interface InQuestion {
  readonly appearance: string;
  readonly from: Slot;
}

/** Whose confirmation, full or tentative, is to be given anew when the session comes from one slot (none: it had none) to another. */
export const inQuestion = (session: Session, policy: Policy, from: Slot | undefined, to: Slot): InQuestion[] =>
  [...session.appearances.values()].flatMap((appearance) => {
    const before = from ?? appearance.confirmedFor;
    if (!isConfirmed(appearance) || !before || holdsFor(policy, before, to)) return [];
    return appearance.confirmedFor && holdsFor(policy, appearance.confirmedFor, to) ? [] : [{ appearance: appearance.id, from: before }];
  });

const isConfirmed = ({ state }: Appearance) => state === 'confirmed' || state === 'tentative';
