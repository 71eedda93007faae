/** What comes of a promise, or what is given for it where that takes longer, in milliseconds: nobody waits for it then. */
export const within = async <T>(milliseconds: number, promise: Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => (timer = setTimeout(resolve, milliseconds, otherwise)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
