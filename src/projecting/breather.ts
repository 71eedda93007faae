/** So long, in milliseconds, may work hold the event loop before others have their turn. */
const longest = 8;

/** Lets others have their turn when they have waited long enough: to be awaited now and then in long work. */
export const breather = (): (() => Promise<void> | undefined) => {
  let since = performance.now();
  return () => {
    if (performance.now() - since < longest) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
};
