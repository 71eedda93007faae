import type { Circumstances, Command, Fold } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { same } from '../deciding/changes.js';
import { programmeIn, type CarriedOver } from './carrying-over.rules.js';
import { displacements, type Displacement, type ProgrammeCarriedOver } from './carrying-over.events.js';
import { noConvening, type Convening } from './convening.js';
import type { ConveningEvent } from './convening.events.js';
import { details, type PlanConvening } from './details.decider.js';
import { policyWith } from './policy.rules.js';
import type { SetProgramme } from './programme.decider.js';

/**
 * A convening is begun with what another has to give. Languages and organisers that are given take the place of those there; of the
 * policy what is given. Sessions keep their day and hour on the door, or become unscheduled.
 */
export type PlanConveningFrom = Command<'PlanConveningFrom', PlanConvening['data'] & { from: CarriedOver }>;
export type CarryingOverCommand = PlanConveningFrom;

type Deciding<Asked> = (command: Asked, convening: Readonly<Convening>, given: Circumstances) => Generator<undefined, readonly ConveningEvent[]>;

/** How facts change a convening, and how a programme is set: the other parts'. */
interface Machine extends Pick<Fold<Convening, ConveningEvent>, 'evolve'> {
  readonly setProgramme: Deciding<SetProgramme['data']>;
}

/** Decided in steps: others may have their turn in between. */
interface CarryingOver {
  readonly planFrom: Deciding<PlanConveningFrom['data']>;
  readonly evolve: { readonly ProgrammeCarriedOver: (convening: Convening, data: ProgrammeCarriedOver['data']) => void };
}

/** A convening that begins with the programme of another. Asked for again, it is finished if it was not. */
export const carryingOver = ({ evolve, setProgramme }: Machine): CarryingOver => ({
  *planFrom({ from, ...plan }, convening, given) {
    const { start, end, zone, languages = from.languages, organisers = from.organisers, policy = {} } = plan;
    // Published at once is what is changed in the days of a meeting; its successor has none yet.
    const begun = details.decide.PlanConvening({ ...plan, languages, organisers, policy: policyWith({ ...from.policy, publish: 'on-request' }, policy) }, convening, given);
    const isThere = begun.length === 0;
    if (isThere && !same(convening.origin, from.origin)) throw new Refusal('convening-exists', { convening: convening.id });
    if (isThere && !convening.unfinished) return [];
    const { programme, unscheduled } = yield* programmeIn(from.programme, from, { dates: { start, end }, zone });
    if (isThere) return yield* setProgramme({ programme, ids: [] }, convening, given);
    const beginning: readonly ConveningEvent[] = [...begun, { type: 'ProgrammeCarriedOver', data: { origin: from.origin, unscheduled: byWhy(unscheduled) } }];
    const after = noConvening();
    for (const event of beginning) evolve(after, event, { revision: after.revision + 1, at: given.now });
    return [...beginning, ...(yield* setProgramme({ programme, ids: [] }, after, given))];
  },
  evolve: {
    ProgrammeCarriedOver: (convening, { origin }) => void (convening.origin = origin),
  },
});

const byWhy = (unscheduled: ReadonlyMap<string, Displacement>): ProgrammeCarriedOver['data']['unscheduled'] => {
  const ids = (why: Displacement) => [...unscheduled].flatMap(([session, each]) => (each === why ? [session] : []));
  return Object.fromEntries(displacements.map((why) => [why, ids(why)] as const).filter(([, sessions]) => sessions.length > 0));
};
