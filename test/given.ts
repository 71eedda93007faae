import { expect } from '@jest/globals';
import type { Command, Decider } from '../src/deciding/decider.js';
import { Refusal, type RefusalCode } from '../src/deciding/refusal.js';
import type { Event } from '../src/event-store/event.js';
import { withheld, type Open } from '../src/event-store/personal.js';

/** In specifications nothing is sealed: a personal value is read as it was told. */
export const openTold: Open = (value) => ('value' in value ? value.value : withheld);

export const organiser = '7d9f2f0e-5b3c-4d8a-9a53-0d9a0c6c1b11';
export const now = '2013-03-01T08:00:00.000Z';

/** The language of the rules: `given(facts).when(command).then(facts)`, `.refused(code, about)`, `.nothing()`. */
export const specification =
  <S, C extends Command, E extends Event>(decider: Decider<S, C, E>, circumstances: { now?: string; actor?: string; reason?: string } = {}) =>
  (...history: readonly E[]) => ({
    when(command: C) {
      const outcome = () => {
        const state = decider.initial();
        history.forEach((event, revision) => decider.evolve(state, event, { revision, at: now }));
        try {
          return decider.decide(state, command, { now, actor: organiser, open: openTold, ...circumstances });
        } catch (error) {
          if (error instanceof Refusal) return { refused: error.code, about: error.about };
          throw error;
        }
      };
      return {
        then: (...events: E[]) => expect(outcome()).toEqual(events),
        nothing: () => expect(outcome()).toEqual([]),
        refused: (code: RefusalCode, about: Record<string, unknown> = {}) => expect(outcome()).toEqual({ refused: code, about }),
      };
    },
  });
