import type { Circumstances } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { told, type Personal, type PersonId, type Withheld } from '../event-store/personal.js';
import type { Credit, Office } from './appearances.events.js';
import type { GivenText } from './texts.js';
import { textIn } from './wording.rules.js';

type Printed = 'position' | 'organisation' | 'label';

/** A credit as it may be asked for: plain values, texts also as plain strings. `{ withheld: true }` means: as it is. */
export type GivenCredit = (Partial<Omit<Credit, Printed>> & { readonly [K in Printed]?: GivenText }) | Withheld;

/** What is printed of a seat: a person's credit, or an office while nobody is named. */
export type Title = Readonly<{ person: PersonId; credit: Personal<Credit> } | { office?: Office }>;

/** Whether a credit only says that it is as it is. */
export const asItIs = (credit: GivenCredit): credit is Withheld => 'withheld' in credit;

/** What a credit says of the office: without what belongs to a person. Undefined: nothing. */
const officeIn = (credit: Exclude<GivenCredit, Withheld>, first: string): Office | undefined => {
  const { kind, country } = credit;
  const [position, organisation, label] = [textIn(credit.position, first), textIn(credit.organisation, first), textIn(credit.label, first)];
  const office: Office = {
    ...(position && { position }), ...(organisation && { organisation }), ...(kind && { kind }), ...(country && { country }), ...(label && { label }),
  };
  return Object.keys(office).length ? office : undefined;
};

/** The credit of a named person. @throws Refusal name-missing */
export const creditOf = (given: GivenCredit | undefined, first: string): Credit => {
  if (!given || asItIs(given) || !given.name?.trim()) throw new Refusal('name-missing');
  const { honorific, name, sortName } = given;
  return { ...(honorific && { honorific }), name, ...(sortName && { sortName }), ...officeIn(given, first) };
};

/** The office of a seat for which nobody is named. @throws Refusal person-missing where it has what only a person has. */
export const officeOf = (given: GivenCredit | undefined, first: string): Office | undefined => {
  if (!given || asItIs(given)) return undefined;
  if (given.name || given.honorific || given.sortName) throw new Refusal('person-missing');
  return officeIn(given, first);
};

/** What is to be printed of a new seat. @throws Refusal name-missing, person-missing */
export const titleOf = (person: PersonId | undefined, credit: GivenCredit | undefined, first: string): Title => {
  if (person) return { person, credit: told(person, creditOf(credit, first)) };
  const office = officeOf(credit, first);
  return office ? { office } : {};
};

/** A seat as it is printed, opened, so that it can be compared. */
export const opened = (title: { person?: PersonId; credit?: Personal<Credit>; office?: Office }, { open }: Circumstances) => ({
  person: title.person ?? null,
  credit: title.credit ? open(title.credit) : null,
  office: title.office ?? null,
});
