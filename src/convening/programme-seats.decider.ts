import type { PersonId } from '../event-store/personal.js';
import type { AnswerCommand } from './answers.decider.js';
import type { AppearanceState } from './appearances.events.js';
import { same } from '../deciding/changes.js';
import type { Appearance, Convening, Session } from './convening.js';
import { asItIs, officeOf, type GivenCredit } from './credits.rules.js';
import type { GivenSeat } from './programme-document.decider.js';
import type { Draft } from './programme-draft.decider.js';
import { inPlaceOf } from './order.rules.js';
import { stands } from './sessions.rules.js';
import { firstLanguage } from './wording.rules.js';

/** A seat of a document, the id that it has or gets, and its place. */
interface Match {
  readonly given: GivenSeat;
  readonly id: string;
  readonly at: string;
}

/** The seats of one session, as a document names them. */
export class Seats {
  private readonly matches: readonly Match[];
  /** Whose state was looked at when they went. */
  private readonly gone = new Set<string>();

  /** `ids`: for those that are new and have none. */
  constructor(private readonly draft: Draft, private readonly session: string, given: readonly GivenSeat[], private readonly at: string, ids: Iterator<string>) {
    const held = draft.state.sessions.get(session)!;
    const found = foundFor(given, held, firstLanguage(draft.state));
    // Cast: the command has an id for each that has none.
    this.matches = given.map((seat, index) => {
      const there = found.get(index);
      return { given: seat, id: seat.id ?? there ?? (ids.next().value as string), at: `${at}/appearances/${index}` };
    });
  }

  /** The ids that the document's items may name. */
  get ids(): ReadonlySet<string> {
    return new Set(this.matches.map(({ id }) => id));
  }

  /** What goes, before anything moves: nobody who goes is asked to confirm anew. */
  leave(): void {
    const named = this.ids;
    for (const seat of this.held.appearances.values()) if (!named.has(seat.id)) this.letGo(seat);
    for (const match of this.matches) {
      const seat = this.seat(match.id);
      if (seat && isAnother(seat, match.given)) this.makeRoom(seat, match);
      else if (seat && match.given.state !== undefined && !stands({ state: match.given.state })) {
        this.record(match, match.given.state);
        this.gone.add(match.id);
      }
    }
  }

  /** What comes or changes, with its state and in its order. */
  set(): void {
    const before = this.draft.faults.length;
    for (const match of this.matches) if (this.setOne(match) && match.given.state !== undefined && !this.gone.has(match.id)) this.record(match, match.given.state);
    this.checkOnce();
    const held = [...this.held.appearances.keys()];
    const order = inPlaceOf(held, this.matches.map(({ id }) => id));
    if (this.draft.faults.length === before && !same(held, order)) this.draft.ask({ type: 'ReorderAppearances', data: { session: this.session, order } }, `${this.at}/appearances`);
  }

  private get held(): Session {
    return this.draft.state.sessions.get(this.session)!;
  }

  private seat = (id: string): Appearance | undefined => this.held.appearances.get(id);

  /** What a document does not name is removed, or cancelled when somebody knows of it. Who does not come anyway is left in peace. */
  private letGo(seat: Appearance): void {
    if (!stands(seat)) return;
    const at = `${this.at}/appearances`;
    const data = { session: this.session, appearance: seat.id };
    if (isRemovable(seat)) this.draft.ask({ type: 'RemoveAppearance', data }, at);
    else if (this.takesBack(seat)) this.draft.refuse(at, 'answered-meanwhile', { ...data, state: seat.state });
    else this.draft.ask({ type: 'CancelAppearance', data }, at);
  }

  /** The id is another person's seat from now on, where nobody knows of the one it was. */
  private makeRoom(seat: Appearance, { at }: Match): void {
    if (isRemovable(seat)) this.draft.ask({ type: 'RemoveAppearance', data: { session: this.session, appearance: seat.id } }, at);
    else this.draft.refuse(`${at}/person`, 'already-named', { appearance: seat.id, state: seat.state });
  }

  /** Decided for the seat alone: whether somebody has a role twice shows when all are set. */
  private setOne({ given: { person, role, credit, represents }, id, at }: Match): boolean {
    const seat = this.seat(id);
    const places = { 'name-missing': '/credit', 'person-missing': '/credit', 'already-named': '/person' } as const;
    const where = { session: this.session, appearance: id };
    if (!seat) {
      const data = { ...where, role, ...(person !== undefined && { person }), ...(credit && { credit }), ...(represents !== undefined && { represents }) };
      return this.askAlone({ type: 'ProposeAppearance', data }, at, places);
    }
    if (isAnother(seat, { ...(person !== undefined && { person }) })) return false; // Refused when others went.
    const isNamed = person !== undefined && seat.person === undefined;
    if (isNamed && !this.askAlone({ type: 'NameAppearance', data: { ...where, person, credit: credit ?? {} } }, at, places)) return false;
    return this.askAlone({ type: 'ChangeAppearance', data: { ...where, role, represents: represents ?? null, ...(!isNamed && { credit: credit ?? {} }) } }, at, places);
  }

  /** The organiser records the state on the person's behalf. */
  private record(match: Match, to: AppearanceState): void {
    const seat = this.seat(match.id);
    if (!seat || seat.state === to) return;
    const at = `${match.at}/state`;
    const data = { session: this.session, appearance: seat.id, by: this.draft.given.actor };
    if (to !== 'appeared' && to !== 'absent' && this.takesBack(seat)) this.draft.refuse(at, 'answered-meanwhile', { session: this.session, appearance: seat.id, state: seat.state });
    else if (to === 'proposed' || to === 'replaced') this.draft.refuse(at, 'wrong-state', { state: seat.state, allowed: [to] });
    else for (const command of recording[to](data, seat)) if (!this.askAlone(command, at)) return;
  }

  private checkOnce(): void {
    const seen = new Map<string, string>();
    for (const { id, at } of this.matches) {
      const seat = this.seat(id);
      if (seat?.person === undefined || !stands(seat)) continue;
      const who = `${seat.person} ${seat.role}`;
      const other = seen.get(who);
      if (other !== undefined) this.draft.refuse(at, 'appears-already', { appearance: other });
      seen.set(who, id);
    }
  }

  private askAlone = (command: Parameters<Draft['ask']>[0], at: string, places: Parameters<Draft['ask']>[2] & object = {}): boolean =>
    this.draft.ask(command, at, places, aloneIn(this.draft.state, this.held, 'appearance' in command.data ? this.seat(command.data.appearance) : undefined));

  private takesBack = (seat: Appearance): boolean => takesBack(seat, this.draft.given.asOf);
}

/** Whether somebody answered themself after what whoever asks has seen: that is not taken back. */
export const takesBack = ({ person, answered }: Appearance, asOf = -1): boolean => answered !== undefined && answered.by === person && answered.revision > asOf;

const isRemovable = ({ state, published }: Appearance) => state === 'proposed' && !published;

/** Whether the seat is somebody's, and the document gives its id to somebody else or to nobody. */
const isAnother = ({ person }: Appearance, given: Pick<GivenSeat, 'person'>) => person !== undefined && person !== given.person;

interface Recording {
  readonly session: string;
  readonly appearance: string;
  readonly by: PersonId;
}

/** How a state comes about. Who withdrew had accepted before. */
const recording: Readonly<Record<Exclude<AppearanceState, 'proposed' | 'replaced'>, (data: Recording, seat: Appearance) => AnswerCommand[]>> = {
  invited: (data) => [{ type: 'InviteAppearance', data: { ...data, way: 'other' } }],
  confirmed: (data) => [{ type: 'ConfirmAppearance', data }],
  tentative: (data) => [{ type: 'MakeAppearanceTentative', data }],
  declined: (data) => [{ type: 'DeclineAppearance', data }],
  withdrawn: (data, { state }) => [
    ...(state === 'confirmed' || state === 'tentative' ? [] : [{ type: 'ConfirmAppearance', data } as const]),
    { type: 'WithdrawAppearance', data },
  ],
  cancelled: (data) => [{ type: 'CancelAppearance', data }],
  appeared: (data) => [{ type: 'RecordAttendance', data: { ...data, to: 'appeared' } }],
  absent: (data) => [{ type: 'RecordAttendance', data: { ...data, to: 'absent' } }],
};

const aloneIn = (state: Readonly<Convening>, session: Session, seat: Appearance | undefined): Convening => ({
  ...state, sessions: new Map([[session.id, { ...session, appearances: new Map(seat && [[seat.id, seat]]) }]]),
});

/** Which seat is there for each that is given, by its place in the list: by id, else by person and role, and who stands goes first. */
const foundFor = (given: readonly GivenSeat[], { appearances }: Session, first: string): Map<number, string> => {
  const found = new Map<number, string>();
  const free = new Map(appearances);
  const take = (fits: (seat: GivenSeat, there: Appearance) => boolean) =>
    given.forEach((seat, index) => {
      if (found.has(index)) return;
      const there = [...free.values()].filter((each) => fits(seat, each));
      const best = there.find(stands) ?? there[0];
      if (!best) return;
      found.set(index, best.id);
      free.delete(best.id);
    });
  for (const [index, { id }] of given.entries()) if (id !== undefined && free.delete(id)) found.set(index, id);
  const isFor = ({ id, person, role }: GivenSeat, there: Appearance) => id === undefined && there.person === person && there.role === role;
  take((seat, there) => isFor(seat, there) && (seat.person !== undefined || same(there.office, officeGiven(seat.credit, first))));
  take(isFor);
  return found;
};

const officeGiven = (credit: GivenCredit | undefined, first: string) => {
  if (!credit || asItIs(credit)) return undefined;
  const { name: _, honorific: __, sortName: ___, ...office } = credit;
  return officeOf(office, first);
};
