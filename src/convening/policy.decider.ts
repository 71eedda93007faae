import type { Command, Part } from '../deciding/decider.js';
import { same } from './changes.rules.js';
import type { Convening } from './convening.js';
import type { GivenPolicy, PolicyEvent } from './policy.events.js';
import { policyWith } from './policy.rules.js';

/** What is left out stays. Conflicts that are there already stay and hold publication; nothing is refused for them. */
export type ChangePolicy = Command<'ChangePolicy', { to: GivenPolicy }>;
export type PolicyCommand = ChangePolicy;

export const policy: Part<Convening, PolicyCommand, PolicyEvent> = {
  decide: {
    ChangePolicy({ to: given }, { policy: from }) {
      const to = policyWith(from, given);
      return same(from, to) ? [] : [{ type: 'PolicyChanged', data: { from, to } }];
    },
  },
  evolve: { PolicyChanged: (convening, { to }) => void (convening.policy = to) },
};
