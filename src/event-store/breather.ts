/** So long, in milliseconds, may work hold the event loop before others have their turn. */
const longest = 8;

/** Work that waits to be gone on with, in the order in which it came. */
const waiting: (() => void)[] = [];

const goOn = (): void => {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(goOn);
};

/** Lets others have their turn. Of all work that waits so, one piece is gone on with in a turn of the event loop: together they would hold it for as many times as long. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(goOn);
  });

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

/** A text is put together of sheets of so many bytes: of small ones first, since most are short. */
const sheets = { least: 4 * 1024, most: 256 * 1024 };

/**
 * Puts a text together of its parts, with turns for others in between. The parts are written down as they come: kept as texts until the last of them is there,
 * they would be what the collector of garbage has to move about.
 */
export const joinedInTurns = async (parts: Iterable<string>): Promise<Buffer> => {
  const breathe = breather();
  const full: Uint8Array[] = [];
  let [bytes, at] = [Buffer.allocUnsafe(0), 0];
  for (const part of parts) {
    // Three bytes a unit at most: of most parts they need not be counted.
    const room = bytes.length - at;
    const length = part.length * 3 <= room ? 0 : Buffer.byteLength(part);
    if (length > room) {
      full.push(bytes.subarray(0, at));
      [bytes, at] = [Buffer.allocUnsafeSlow(Math.max(length, sheets.least, Math.min(sheets.most, 4 * bytes.length))), 0];
    }
    at += bytes.write(part, at);
    const pause = breathe();
    if (pause) await pause;
  }
  full.push(bytes.subarray(0, at));
  return inOnePiece(full);
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
