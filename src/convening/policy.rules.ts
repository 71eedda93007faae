import { changed } from '../deciding/changes.js';
import type { GivenPolicy, Policy } from './policy.events.js';

/** The policy with what is given of it. */
export const policyWith = (held: Policy, { conflicts, ...given }: GivenPolicy): Policy => ({
  ...changed<Policy>(held, given),
  conflicts: changed(held.conflicts, conflicts ?? {}),
});
