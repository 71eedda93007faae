import { Refusal } from '../deciding/refusal.js';
import type { Convening, Room, Session, Track } from './convening.js';

/** @throws Refusal `unknown-room` */
export const theRoom = ({ rooms }: Readonly<Convening>, room: string): Room => {
  const held = rooms.get(room);
  if (!held) throw new Refusal('unknown-room', { room });
  return held;
};

/** @throws Refusal `unknown-track` */
export const theTrack = ({ tracks }: Readonly<Convening>, track: string): Track => {
  const held = tracks.get(track);
  if (!held) throw new Refusal('unknown-track', { track });
  return held;
};

/** @throws Refusal `unknown-session` */
export const theSession = ({ sessions }: Readonly<Convening>, session: string): Session => {
  const held = sessions.get(session);
  if (!held) throw new Refusal('unknown-session', { session });
  return held;
};
