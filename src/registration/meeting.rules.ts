import { Refusal } from '../deciding/refusal.js';

/** What a decision must know of the convening: it comes with the command, as it was when that was made. */
export interface Meeting {
  readonly phase: 'planned' | 'concluded' | 'cancelled';
  /** Local dates, both included. */
  readonly start: string;
  readonly end: string;
  /** IANA name. */
  readonly zone: string;
  /** Of plain strings. */
  readonly language: string;
}

/** Whether seats are still given: nobody moves up when the meeting is over. */
export const isPlanned = ({ phase }: Meeting): boolean => phase === 'planned';

/** @throws Refusal convening-over */
export const mustBePlanned = (meeting: Meeting): void => {
  if (!isPlanned(meeting)) throw new Refusal('convening-over');
};

/** Who was there can be told when it is over, but not of what did not take place. @throws Refusal convening-over */
export const mustTakePlace = ({ phase }: Meeting): void => {
  if (phase === 'cancelled') throw new Refusal('convening-over');
};
