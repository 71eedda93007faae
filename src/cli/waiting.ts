import { Line } from './line.js';
import type { Terminal } from './tool.js';

/** Waits for an answer, and tells a person who waits with it for how long. `what`: what they wait for. */
export const whileTold = async <T>(answer: Promise<T>, what: string, err: Terminal['err']): Promise<T> => {
  const begun = performance.now();
  const line = new Line(err);
  const timer = setInterval(() => line.draw(`Waiting for ${what}: ${Math.round((performance.now() - begun) / 1_000)} s`), line.every(1_000));
  try {
    return await answer;
  } finally {
    clearInterval(timer);
    line.end();
  }
};
