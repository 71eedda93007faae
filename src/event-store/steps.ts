/** What comes of work that is done in steps, where nobody else can have their turn in between. */
export const drained = <T>(steps: Iterator<undefined, T>): T => {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
};
