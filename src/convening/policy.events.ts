import type { Event } from '../event-store/event.js';

export const conflictRules = [
  'room-taken', 'person-in-two-places', 'person-unavailable', 'outside-days', 'no-time-to-change', 'room-too-small',
  'no-moderator', 'not-confirmed', 'no-slot', 'no-room', 'items-too-long', 'no-break',
] as const;
export type ConflictRule = (typeof conflictRules)[number];

/** `block`: the command is refused; `hold`: publication is refused; `warn`: it is listed; `off`: it is not looked for. */
export const severities = ['block', 'hold', 'warn', 'off'] as const;
export type Severity = (typeof severities)[number];

/** How the organisers want the rules applied. */
export interface Policy {
  readonly conflicts: Readonly<Record<ConflictRule, Severity>>;
  /** When a confirmed session moves: `time`, confirmations are to be given anew if its hours change; `time-or-room`, also if its room does. */
  readonly reconfirm: 'never' | 'time' | 'time-or-room';
  /** Whose names the public and participants see: of confirmed appearances, or of tentative ones too. */
  readonly names: 'confirmed' | 'confirmed-and-tentative';
  /** `at-once`: each change publishes itself, unless conflicts hold it. */
  readonly publish: 'on-request' | 'at-once';
  /** Whether every change after the first publication must say why. */
  readonly reasonRequired: boolean;
  /** `no-time-to-change`: minutes a person needs from one room to another. */
  readonly minutesToChange: number;
  /** `no-break`: minutes a room may be in session without a break of ten. */
  readonly minutesWithoutBreak: number;
}

export const defaultPolicy: Policy = {
  conflicts: {
    'room-taken': 'block', 'person-in-two-places': 'hold', 'person-unavailable': 'warn', 'outside-days': 'warn', 'no-time-to-change': 'warn',
    'room-too-small': 'warn', 'no-moderator': 'warn', 'not-confirmed': 'warn', 'no-slot': 'warn', 'no-room': 'warn', 'items-too-long': 'warn', 'no-break': 'warn',
  },
  reconfirm: 'never',
  names: 'confirmed',
  publish: 'on-request',
  reasonRequired: false,
  minutesToChange: 5,
  minutesWithoutBreak: 180,
};

/** A policy in part: what is left out stays, or is the default. */
export type GivenPolicy = Partial<Omit<Policy, 'conflicts'>> & { readonly conflicts?: Partial<Policy['conflicts']> };

/** How the organisers want the rules applied changed: the whole policy before and after. */
export type PolicyChanged = Event<'PolicyChanged', { from: Policy; to: Policy }>;
export type PolicyEvent = PolicyChanged;
