import { FactReader } from '../../dist/event-store/codec.js';

/** Who came through a door: a state that grows with its stream. */
export const door = {
  initial: () => ({ came: [] }),
  decide: (_, { data: { who } }) => [{ type: 'Came', data: { who } }],
  evolve: ({ came }, { data: { who } }) => void came.push(who),
  revisionOf: () => undefined,
  isAbout: () => true,
  concerns: () => undefined,
  keeping: {
    *pieces({ came }) {
      for (let from = 0; from < came.length; from += 1_000) yield JSON.stringify(came.slice(from, from + 1_000));
    },
    restoring() {
      const came = [];
      return {
        take: (piece) => void came.push(...JSON.parse(piece)),
        *whole() {
          return { came };
        },
      };
    },
  },
};
export const catalogue = { Came: { schema: 1, personal: {} } };

// For the thread that keeps its states.
export const kept = { decider: door, codec: new FactReader(catalogue) };
export const keptByThreads = import.meta.url;
