import { constants, getPriority, setPriority } from 'node:os';

const below = constants.priority.PRIORITY_BELOW_NORMAL;

/** Where there are fewer processors than threads, who decides and writes goes first, and this thread follows. Linux gives each thread a priority of its own. */
export const yieldToOthers = (): void => {
  if (process.platform === 'linux' && getPriority() < below) setPriority(below);
};
