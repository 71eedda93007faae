import type { Circumstances, Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { isWithheld, told } from '../event-store/personal.js';
import { same } from '../deciding/changes.js';
import { conflictNamed, namedBy } from './conflict-keys.rules.js';
import type { ConflictEvent } from './conflicts.events.js';
import type { Acceptance, Convening } from './convening.js';

/** `conflict`: its key. Also before it is there. `beforehand`: it is there, and accepted for what it becomes next. The reason may come with the command or beside it. */
export type AcceptConflict = Command<'AcceptConflict', { conflict: string; reason?: string; beforehand?: true }>;
export type WithdrawConflictAcceptance = Command<'WithdrawConflictAcceptance', { conflict: string }>;
export type ConflictCommand = AcceptConflict | WithdrawConflictAcceptance;

export const conflicts: Part<Convening, ConflictCommand, ConflictEvent> = {
  decide: {
    AcceptConflict({ conflict, reason, beforehand }, convening, given) {
      const key = namedBy(conflict, convening);
      if (!key) throw new Refusal('unknown-conflict', { conflict });
      const why = reason || given.reason;
      if (!why) throw new Refusal('reason-required');
      const found = beforehand ? undefined : conflictNamed(key, convening);
      const held = convening.acceptances.get(conflict);
      if (held && same(held.circumstance, found?.circumstance) && reads(held, why, given)) return [];
      const known = found ? { circumstance: found.circumstance } : {};
      return [{ type: 'ConflictAccepted', data: { conflict, rule: key.rule, ...known, reason: told(key.person ?? given.actor, why) } }];
    },
    WithdrawConflictAcceptance({ conflict }, { acceptances }) {
      if (!acceptances.has(conflict)) throw new Refusal('conflict-not-accepted', { conflict });
      return [{ type: 'ConflictAcceptanceWithdrawn', data: { conflict } }];
    },
  },
  evolve: {
    ConflictAccepted: ({ acceptances }, { conflict, ...accepted }, { at }) => void acceptances.set(conflict, { ...accepted, at }),
    AcceptedConflictArose({ acceptances }, { conflict, circumstance }) {
      acceptances.set(conflict, { ...acceptances.get(conflict)!, circumstance });
    },
    ConflictAcceptanceWithdrawn: ({ acceptances }, { conflict }) => void acceptances.delete(conflict),
  },
};

const reads = ({ reason }: Acceptance, why: string, { open }: Circumstances) => {
  const said = open(reason);
  return !isWithheld(said) && said === why;
};
