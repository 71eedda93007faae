import type { Circumstances, Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { told } from '../event-store/personal.js';
import { mustAnswer } from './answers.rules.js';
import { mustBePlanned, type Meeting } from './meeting.rules.js';
import { mustBeFree, sameOne, type NewRegistrant } from './registrants.rules.js';
import type { Registrations } from './registration.js';
import type { RegistrationEvent } from './registration.events.js';
import type { FormRepeated, PersonRegistered } from './registrations.events.js';
import { seating, type Seating } from './seating.rules.js';
import { enter } from './seats.rules.js';
import { openCategory } from './standings.rules.js';

/**
 * One person or a group: all are registered, or nobody. `by`: the public registers while registration is open, and is not told who is registered
 * already; the organisers register at any time, and are told.
 */
export type Register = Command<'Register', {
  by: 'public' | 'organisers'; meeting: Meeting; group?: string; members: readonly (NewRegistrant & { readonly category: string })[];
}>;
export type RegisteringCommand = Register;
type Registered = PersonRegistered | FormRepeated;

/** By the command's time; for the public there is no registration before its time is set. @throws Refusal no-registration, registration-not-open, registration-closed */
const mustBeOpen = ({ opens, closes }: Registrations['terms'], now: string): void => {
  if (opens === undefined) throw new Refusal('no-registration');
  if (closes !== undefined && closes <= now) throw new Refusal('registration-closed', { closes });
  if (opens > now) throw new Refusal('registration-not-open', { opens });
};

/** Nobody comes twice in one group. @throws Refusal repeated-in-group */
const mustDiffer = (members: Register['data']['members']): void => {
  for (const field of ['registration', 'person', 'code', 'address'] as const) {
    const values = members.map((member) => member[field]);
    const index = values.findIndex((value, at) => value !== undefined && values.indexOf(value) !== at);
    if (index >= 0) throw new Refusal('repeated-in-group', { member: index, same: field });
  }
};

const isThere = ({ registrations }: Readonly<Registrations>, members: Register['data']['members']): boolean =>
  members.length > 0 && members.every(({ registration, person, code }) => registrations.get(registration)?.person === person && registrations.get(registration)?.code === code);

/** The public learns nothing of who is there: a repeated form is answered as any other. */
const registered = (member: NewRegistrant & { readonly category: string }, { by, group }: Register['data'], state: Readonly<Registrations>, seats: Seating): Registered => {
  const { registration, person, code, address, category, entry } = member;
  const { approval } = openCategory(state, category);
  const answered = (standing: Registered['data']['standing']) => ({ standing, ...(standing === 'waiting' && { place: seats.place(category, by) }) });
  mustAnswer(state.form, entry.answers);
  mustBeFree(state, member);
  const there = sameOne(state, seats, member);
  if (there !== undefined && by === 'organisers') throw new Refusal('registered-already', { registration: there });
  if (there !== undefined) {
    const standing = approval === 'by-hand' ? 'pending' : seats.repeat(category);
    return { type: 'FormRepeated', data: { registration: there, repeat: registration, code, category, ...answered(standing), entry: told(state.registrations.get(there)!.person, entry) } };
  }
  const standing = approval === 'by-hand' ? 'pending' : seats.take(category);
  const known = { registration, person, code, ...(address !== undefined && { address }), category, ...(group !== undefined && { group }) };
  return { type: 'PersonRegistered', data: { ...known, ...answered(standing), entry: told(person, entry) } };
};

/** Of a group, a refusal says whose it is: which member, from 0. */
const ofMember = <T>(member: number | undefined, decide: () => T): T => {
  try {
    return decide();
  } catch (error) {
    throw member !== undefined && error instanceof Refusal ? new Refusal(error.code, { ...error.about, member }) : error;
  }
};

/** How people come to be registered. */
export const registering: Part<Registrations, RegisteringCommand, Registered, RegistrationEvent> = {
  decide: {
    Register(command, state, { now }: Circumstances) {
      const { by, meeting, members, group } = command;
      if (isThere(state, members)) return [];
      mustBePlanned(meeting);
      if (by === 'public') mustBeOpen(state.terms, now);
      mustDiffer(members);
      const seats = seating(state, meeting, now);
      for (const [index, member] of members.entries()) seats.facts.push(ofMember(group === undefined ? undefined : index, () => registered(member, command, state, seats)));
      return seats.facts;
    },
  },
  evolve: {
    PersonRegistered(state, { registration, standing, person, code, address, category }, { revision }) {
      state.count++;
      enter(state, registration, { person, code, ...(address !== undefined && { address }), category, number: state.count, revision }, standing);
    },
    FormRepeated({ registrations, categories, count, known }, { registration, repeat, code, category, standing }) {
      registrations.get(registration)!.repeats++;
      if (standing === 'waiting') categories.get(category)!.repeats.push(count);
      known.set(repeat, registration).set(code, registration);
    },
  },
};
