import type { Terminal } from './tool.js';

/** Milliseconds between two tellings: where a line can be drawn over, and where it cannot. */
const often = 1_000;
const seldom = 5_000;

/** Waits for an answer, and tells a person who waits with it for how long. `whose`: of whom it is. */
export const whileTold = async <T>(answer: Promise<T>, whose: string, err: Terminal['err']): Promise<T> => {
  const begun = performance.now();
  let drawn = false;
  const timer = setInterval(() => {
    const line = `Waiting for ${whose}: ${Math.round((performance.now() - begun) / 1_000)} s`;
    err.write(err.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    drawn = err.isTTY === true;
  }, err.isTTY ? often : seldom);
  try {
    return await answer;
  } finally {
    clearInterval(timer);
    if (drawn) err.write('\r\x1b[K');
  }
};
