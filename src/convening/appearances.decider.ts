import type { Circumstances, Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import type { Recorded } from '../event-store/event.js';
import { told, type PersonId } from '../event-store/personal.js';
import { answers, cleared, type AnswerCommand, type AnswerEvent } from './answers.decider.js';
import type { AppearanceEvent, AppearanceProposed, Role } from './appearances.events.js';
import {
  appearanceIn, canBePlanned, mayHappen, onlyOnce, said, sessionToPlan, type GivenSaid, type Seat,
} from './appearances.rules.js';
import { same } from '../deciding/changes.js';
import type { Appearance, Convening, Session } from './convening.js';
import { asItIs, creditOf, officeOf, opened, titleOf, type GivenCredit } from './credits.rules.js';
import { inOrder, reordering } from './order.rules.js';
import { theSession } from './programme.rules.js';
import type { ItemChanged } from './running-order.events.js';
import { stands } from './sessions.rules.js';
import type { GivenText } from './texts.js';
import { firstLanguage, textIn } from './wording.rules.js';

/** A new seat, with a person and credit, or with an office while nobody is named. */
interface NewSeat {
  readonly appearance: string;
  readonly role: Role;
  readonly person?: PersonId;
  readonly credit?: GivenCredit;
  readonly represents?: GivenText;
}

export type ProposeAppearance = Command<'ProposeAppearance', NewSeat & { session: string; note?: string }>;
/** The seat of an office gets a person. */
export type NameAppearance = Command<'NameAppearance', Seat & GivenSaid & { person: PersonId; credit: GivenCredit }>;
/** What is left out stays; a credit is given whole; null: it represents nobody. */
export type ChangeAppearance = Command<'ChangeAppearance', Seat & { role?: Role; credit?: GivenCredit; represents?: GivenText | null }>;
/** Without a role, the new seat has that of the one in whose place it stands. */
export type ReplaceAppearance = Command<'ReplaceAppearance', Seat & GivenSaid & { with: Omit<NewSeat, 'role'> & { role?: Role } }>;
export type RemoveAppearance = Command<'RemoveAppearance', Seat>;
/** All ids, in the order they are to be printed. */
export type ReorderAppearances = Command<'ReorderAppearances', { session: string; order: readonly string[] }>;
type SeatCommand = ProposeAppearance | NameAppearance | ChangeAppearance | ReplaceAppearance | RemoveAppearance | ReorderAppearances;
type SeatEvent = Exclude<AppearanceEvent, AnswerEvent>;
export type AppearanceCommand = SeatCommand | AnswerCommand;

/** The steps of the running order name seats, and follow them. */
type Rows = Part<Convening, SeatCommand, SeatEvent, SeatEvent | ItemChanged>;
type Proposal = AppearanceProposed['data'];

const proposalOf = (convening: Readonly<Convening>, session: string, seat: NewSeat, replaces?: string): Proposal => {
  const first = firstLanguage(convening);
  const represents = textIn(seat.represents, first);
  const { appearance, role, person, credit } = seat;
  return { session, appearance, role, ...titleOf(person, credit, first), ...(represents && { represents }), ...(replaces !== undefined && { replaces }) };
};

/** Whether this very seat was proposed already and nothing has become of it. @throws Refusal appearance-exists where the id is another seat's. */
const standsAlready = ({ appearances }: Session, proposal: Proposal, given: Circumstances) => {
  const there = appearances.get(proposal.appearance);
  if (!there) return false;
  const [one, other] = [there, proposal].map((seat) => ({ ...opened(seat, given), role: seat.role, represents: seat.represents, replaces: seat.replaces }));
  if (there.state === 'proposed' && same(one, other)) return true;
  throw new Refusal('appearance-exists', { appearance: there.id });
};

/** Of a person's credit or an office's, what differs. */
const titleChange = (seat: Seat, appearance: Appearance, credit: GivenCredit, first: string, given: Circumstances): SeatEvent[] => {
  if (asItIs(credit)) return [];
  if (appearance.person === undefined) {
    const [from, to] = [appearance.office, officeOf(credit, first)];
    return same(from, to) ? [] : [{ type: 'OfficeChanged', data: { ...seat, ...(from && { from }), ...(to && { to }) } }];
  }
  // A named seat has a credit: naming and proposing see to it.
  const from = appearance.credit!;
  const to = creditOf(credit, first);
  return same(given.open(from), to) ? [] : [{ type: 'CreditChanged', data: { ...seat, from, to: told(appearance.person, to) } }];
};

const representationChange = (seat: Seat, { represents: from }: Appearance, represents: GivenText | null, first: string): SeatEvent[] => {
  const to = textIn(represents ?? undefined, first);
  return same(from, to) ? [] : [{ type: 'RepresentationChanged', data: { ...seat, ...(from && { from }), ...(to && { to }) } }];
};

/** A new role is planning; what is printed can be corrected for ever. */
const changes: Rows['decide']['ChangeAppearance'] = ({ session: id, appearance: seatId, role, credit, represents }, convening, given) => {
  const session = theSession(convening, id);
  const appearance = appearanceIn(session, seatId);
  const [seat, first, events] = [{ session: id, appearance: seatId }, firstLanguage(convening), [] as SeatEvent[]];
  if (role && role !== appearance.role) {
    canBePlanned(session);
    if (stands(appearance)) onlyOnce(session, appearance.person, role, appearance.id);
    events.push({ type: 'RoleChanged', data: { ...seat, from: appearance.role, to: role } });
  }
  if (credit) events.push(...titleChange(seat, appearance, credit, first, given));
  if (represents !== undefined) events.push(...representationChange(seat, appearance, represents, first));
  return events;
};

const replaces: Rows['decide']['ReplaceAppearance'] = ({ with: next, ...command }, convening, given) => {
  const session = sessionToPlan(convening, command.session);
  const { id, role, person, state, replacedWith } = appearanceIn(session, command.appearance);
  const proposal = proposalOf(convening, session.id, { role, ...next }, id);
  if (state === 'replaced' && replacedWith === next.appearance && standsAlready(session, proposal, given)) return [];
  mayHappen('replace', appearanceIn(session, id));
  if (session.appearances.has(next.appearance)) throw new Refusal('appearance-exists', { appearance: next.appearance });
  onlyOnce(session, next.person, proposal.role, id);
  return [
    { type: 'AppearanceProposed', data: proposal },
    { type: 'AppearanceReplaced', data: { ...said(command, convening, given, person), with: next.appearance } },
    ...itemsGoTo(next.appearance, session, id),
  ];
};

/** The steps of the running order that were one seat's are another's now, or nobody's. */
const itemsGoTo = (next: string | undefined, { id: session, items }: Session, seat: string): ItemChanged[] =>
  items
    .filter(({ appearance }) => appearance === seat)
    .map((from) => {
      const { appearance: _, ...step } = from;
      return { type: 'ItemChanged', data: { session, from, to: next === undefined ? step : { ...step, appearance: next } } };
    });

const decide: Rows['decide'] = {
  ProposeAppearance({ session: id, note, ...seat }, convening, given) {
    const session = sessionToPlan(convening, id);
    const proposal = proposalOf(convening, id, seat);
    if (standsAlready(session, proposal, given)) return [];
    onlyOnce(session, seat.person, seat.role);
    return [{ type: 'AppearanceProposed', data: { ...proposal, ...(note && { note: told(seat.person ?? given.actor, note) }) } }];
  },
  NameAppearance({ person, credit: printed, ...command }, convening, given) {
    const session = sessionToPlan(convening, command.session);
    const appearance = appearanceIn(session, command.appearance);
    const credit = creditOf(printed, firstLanguage(convening));
    if (appearance.person === person && same(given.open(appearance.credit!), credit)) return [];
    if (appearance.person !== undefined) throw new Refusal('already-named');
    mayHappen('name', appearance);
    onlyOnce(session, person, appearance.role, appearance.id);
    const { office } = appearance;
    return [{ type: 'AppearanceNamed', data: { ...said(command, convening, given, person), person, credit: told(person, credit), ...(office && { office }) } }];
  },
  ChangeAppearance: changes,
  ReplaceAppearance: replaces,
  RemoveAppearance({ session: id, appearance: seatId }, convening) {
    const session = sessionToPlan(convening, id);
    const { state, published, role, person, credit, office } = appearanceIn(session, seatId);
    if (published || state !== 'proposed') throw new Refusal('appearance-not-removable', { state, published });
    const seat = { session: id, appearance: seatId, role };
    return [
      ...itemsGoTo(undefined, session, seatId),
      { type: 'AppearanceRemoved', data: { ...seat, ...(person && { person }), ...(credit && { credit }), ...(office && { office }) } },
    ];
  },
  ReorderAppearances({ session, order }, convening) {
    const change = reordering(sessionToPlan(convening, session).appearances.keys(), order);
    return change ? [{ type: 'AppearancesReordered', data: { session, ...change } }] : [];
  },
};

/** The seat that a fact is about, now revised. */
const revised = ({ sessions }: Convening, seat: Seat, { revision }: Recorded): Appearance => {
  const session = sessions.get(seat.session)!;
  session.revision = revision;
  return Object.assign(session.appearances.get(seat.appearance)!, { revision });
};

const evolve: Rows['evolve'] = {
  AppearanceProposed({ sessions }, { session: id, appearance, note: _, ...seat }, { revision }) {
    const session = sessions.get(id)!;
    session.appearances.set(appearance, { id: appearance, ...seat, state: 'proposed', toBeReconfirmed: false, published: false, revision });
    session.revision = revision;
  },
  AppearanceNamed(convening, { person, credit, ...seat }, recorded) {
    delete Object.assign(revised(convening, seat, recorded), { person, credit }).office;
  },
  CreditChanged: (convening, { to, ...seat }, recorded) => void (revised(convening, seat, recorded).credit = to),
  OfficeChanged(convening, { to, ...seat }, recorded) {
    const appearance = revised(convening, seat, recorded);
    if (to) appearance.office = to;
    else delete appearance.office;
  },
  RoleChanged: (convening, { to, ...seat }, recorded) => void (revised(convening, seat, recorded).role = to),
  RepresentationChanged(convening, { to, ...seat }, recorded) {
    const appearance = revised(convening, seat, recorded);
    if (to) appearance.represents = to;
    else delete appearance.represents;
  },
  AppearanceReplaced(convening, { with: next, ...seat }, recorded) {
    cleared(convening, seat, recorded, 'replaced').replacedWith = next;
    const session = convening.sessions.get(seat.session)!;
    const others = [...session.appearances.keys()].filter((id) => id !== next);
    session.appearances = inOrder(session.appearances, others.toSpliced(others.indexOf(seat.appearance) + 1, 0, next));
  },
  AppearanceRemoved({ sessions }, { session: id, appearance }, { revision }) {
    const session = sessions.get(id)!;
    const replaced = session.appearances.get(session.appearances.get(appearance)!.replaces ?? '');
    if (replaced) delete replaced.replacedWith;
    session.appearances.delete(appearance);
    session.revision = revision;
  },
  AppearancesReordered({ sessions }, { session: id, to }, { revision }) {
    const session = sessions.get(id)!;
    session.appearances = inOrder(session.appearances, to);
    session.revision = revision;
  },
};

/** Who appears in a session: their seats, and what becomes of them. */
export const appearances: Part<Convening, AppearanceCommand, AppearanceEvent, AppearanceEvent | ItemChanged> = {
  decide: { ...decide, ...answers.decide },
  evolve: { ...evolve, ...answers.evolve },
};
