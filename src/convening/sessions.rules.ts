import type { Appearance, Session } from './convening.js';

const gone: ReadonlySet<string> = new Set(['declined', 'withdrawn', 'cancelled', 'replaced']);

/** Whether an appearance is still planned or has taken place: not declined, withdrawn, cancelled or replaced. */
export const stands = ({ state }: Pick<Appearance, 'state'>): boolean => !gone.has(state);

/** Whether a session may vanish: no publication showed it, and nobody was invited to it. */
export const isRemovable = ({ published, appearances }: Session): boolean =>
  !published && [...appearances.values()].every((appearance) => appearance.state === 'proposed' && !appearance.published);
