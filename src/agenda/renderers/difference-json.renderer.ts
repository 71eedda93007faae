import type { Difference } from '../difference.js';

/** The difference as it is (difference.ts describes it), one line of JSON with its fields in a fixed order. */
export function* differenceJsonParts({ sessions, ...rest }: Difference): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"sessions":[`;
  for (const [place, session] of sessions.entries()) yield `${place ? ',' : ''}${JSON.stringify(session)}`;
  yield ']}\n';
}
