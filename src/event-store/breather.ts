/** So long, in milliseconds, may work hold the event loop before others have their turn. */
const longest = 8;

/** Lets others have their turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets others have their turn when they have waited long enough: to be awaited now and then in long work. */
export const breather = (): (() => Promise<void> | undefined) => {
  let since = performance.now();
  return () => {
    if (performance.now() - since < longest) return undefined;
    return turn().then(() => void (since = performance.now()));
  };
};

/** Does work of many steps, between which others have their turn, and gives what comes of it. */
export const inTurns = async <T>(steps: Iterator<undefined, T>): Promise<T> => {
  const breathe = breather();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    const pause = breathe();
    if (pause) await pause;
  }
};

/** Puts a text together of its parts, with turns for others in between. */
export const joinedInTurns = async (parts: Iterable<string>): Promise<Buffer> => {
  const breathe = breather();
  const texts: string[] = [];
  let length = 0;
  for (const part of parts) {
    texts.push(part);
    length += Buffer.byteLength(part);
    const pause = breathe();
    if (pause) await pause;
  }
  // Each is written to its place: a buffer for each of many short texts takes longer than all else that is done with them.
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const text of texts) {
    at += bytes.write(text, at);
    const pause = breathe();
    if (pause) await pause;
  }
  return bytes;
};

/** Puts bytes together, with turns for others in between: to touch 16 MB of new memory for the first time takes a tenth of a second. */
export const inOnePiece = async (pieces: readonly Uint8Array[]): Promise<Buffer> => {
  const breathe = breather();
  const bytes = Buffer.allocUnsafe(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
    const pause = breathe();
    if (pause) await pause;
  }
  return bytes;
};
