import { Refusal } from '../deciding/refusal.js';
import type { Appearance, Convening, Session } from './convening.js';

/** @throws Refusal `unknown-session` */
export const theSession = (convening: Readonly<Convening>, session: string): Session => {
  const held = convening.sessions.get(session);
  if (!held) throw new Refusal('unknown-session', { session });
  return held;
};

const gone: ReadonlySet<string> = new Set(['declined', 'withdrawn', 'cancelled', 'replaced']);

/** Whether an appearance is still planned or has taken place: not declined, withdrawn, cancelled or replaced. */
export const stands = ({ state }: Appearance): boolean => !gone.has(state);

/** Whether a session may vanish: no publication showed it, and nobody was invited to it. */
export const isRemovable = ({ published, appearances }: Session): boolean =>
  !published && [...appearances.values()].every((appearance) => appearance.state === 'proposed' && !appearance.published);
