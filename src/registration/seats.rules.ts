import type { Category, Registration, Registrations } from './registration.js';
import type { Standing } from './registrations.events.js';
import { holdsSeat, stands } from './standings.rules.js';

/** Where in a waiting list, which is sorted by number, this number belongs. */
export const placeOf = ({ registrations }: Readonly<Registrations>, waiting: readonly string[], number: number): number => {
  let [from, to] = [0, waiting.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (registrations.get(waiting[middle]!)!.number < number) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** Puts a registration into its category's waiting list; who came last goes last without a search. */
export const wait = (state: Registrations, { waiting }: Category, id: string, { number }: Registration): void => {
  const last = waiting.at(-1);
  if (last === undefined || state.registrations.get(last)!.number < number) waiting.push(id);
  else waiting.splice(placeOf(state, waiting, number), 0, id);
};

/** A seat is kept until then. */
export const keepOffer = (state: Registrations, id: string, until: string): void => {
  state.offers.set(id, until);
  if (state.firstLapse === undefined || until < state.firstLapse) state.firstLapse = until;
};

/** Keeps seats, waiting list, offers and who is found by what in step with how a registration stands. The waiting list is left by `leaveLists`. */
const settle = (state: Registrations, id: string, held: Registration, to: Standing, until?: string): void => {
  const category = state.categories.get(held.category)!;
  const more = Number(holdsSeat(to)) - Number(holdsSeat(held.standing));
  category.taken += more;
  state.taken += more;
  if (more > 0) forgetRepeats(category, held.number);
  if (to === 'offered' && until !== undefined) keepOffer(state, id, until);
  else if (held.standing === 'offered') noOffer(state, id);
  if (to === 'waiting') wait(state, category, id, held);
  held.standing = to;
  if (stands(to)) return;
  state.people.delete(held.person);
  if (held.address !== undefined) state.addresses.delete(held.address);
};

/** Somebody has a seat: forms that came before were passed. */
const forgetRepeats = ({ repeats }: Category, number: number): void => {
  while (repeats.length > 0 && repeats[0]! < number) repeats.shift();
};

/** When the first of the others lapses is looked for only when it was the first that went. */
const noOffer = (state: Registrations, id: string): void => {
  const until = state.offers.get(id);
  state.offers.delete(id);
  if (until !== state.firstLapse) return;
  let first: string | undefined;
  for (const each of state.offers.values()) if (first === undefined || each < first) first = each;
  if (first === undefined) delete state.firstLapse;
  else state.firstLapse = first;
};

/** Takes registrations out of their waiting lists: one by its number, many in one sweep of each list. */
const leaveLists = (state: Registrations, ids: readonly string[]): void => {
  const byCategory = new Map<Category, Set<string>>();
  for (const id of ids) {
    const held = state.registrations.get(id)!;
    if (held.standing !== 'waiting') continue;
    const category = state.categories.get(held.category)!;
    byCategory.set(category, (byCategory.get(category) ?? new Set()).add(id));
  }
  for (const [category, gone] of byCategory) {
    const [only] = gone;
    if (gone.size === 1) category.waiting.splice(placeOf(state, category.waiting, state.registrations.get(only!)!.number), 1);
    else category.waiting = without(category.waiting, gone);
  }
};

/** Who goes is mostly who waited longest: then nobody else is looked at. */
const without = (waiting: readonly string[], gone: ReadonlySet<string>): string[] => {
  let first = 0;
  while (first < gone.size && gone.has(waiting[first]!)) first++;
  return first === gone.size ? waiting.slice(first) : waiting.filter((id) => !gone.has(id));
};

/** These registrations stand so from now on. `until`: of an offer. */
export const nowStand = (state: Registrations, ids: readonly string[], to: Standing, revision: number, until?: string): void => {
  leaveLists(state, ids);
  for (const id of ids) {
    const held = state.registrations.get(id)!;
    settle(state, id, held, to, until);
    held.revision = revision;
  }
};

/** A new registration is found by what it is known by; the seat it takes is counted. */
export const enter = (state: Registrations, id: string, registration: Omit<Registration, 'sessions' | 'days' | 'repeats' | 'standing'>, standing: Standing): void => {
  const held: Registration = { ...registration, standing: 'pending', sessions: [], days: [], repeats: 0 };
  state.registrations.set(id, held);
  state.known.set(held.code, id);
  state.people.set(held.person, id);
  if (held.address !== undefined) state.addresses.set(held.address, id);
  if (standing !== 'pending') settle(state, id, held, standing);
};

/** Another person's registration stands where this one stood, which has come to an end. */
export const takeTheirPlace = (state: Registrations, id: string, next: string, by: Pick<Registration, 'person' | 'code' | 'address'>, revision: number): void => {
  const old = state.registrations.get(id)!;
  const { category, number, standing, sessions } = old;
  const { waiting } = state.categories.get(category)!;
  if (standing === 'waiting') waiting[placeOf(state, waiting, number)] = next;
  const until = state.offers.get(id);
  if (until !== undefined && state.offers.delete(id)) state.offers.set(next, until);
  for (const session of sessions) {
    const seats = state.sessions.get(session)!;
    if (seats.seated.delete(id)) seats.seated.add(next);
    seats.waiting = seats.waiting.map((each) => (each === id ? next : each));
  }
  state.people.delete(old.person);
  if (old.address !== undefined) state.addresses.delete(old.address);
  Object.assign(old, { standing: 'substituted', sessions: [], revision } satisfies Partial<Registration>);
  state.registrations.set(next, { ...by, category, number, standing, sessions, days: [], repeats: 0, revision });
  state.known.set(by.code, next);
  state.people.set(by.person, next);
  if (by.address !== undefined) state.addresses.set(by.address, next);
};

/** A registration is of another category. */
export const recategorise = (state: Registrations, id: string, into: string, revision: number): void => {
  leaveLists(state, [id]);
  const held = state.registrations.get(id)!;
  const [from, to] = [state.categories.get(held.category)!, state.categories.get(into)!];
  if (holdsSeat(held.standing)) {
    from.taken--;
    to.taken++;
    forgetRepeats(to, held.number);
  }
  Object.assign(held, { category: into, revision } satisfies Partial<Registration>);
  if (held.standing === 'waiting') wait(state, to, id, held);
};

/** In one list, two lists that are in the order of registration. */
const merged = ({ registrations }: Readonly<Registrations>, one: readonly string[], other: readonly string[]): string[] => {
  // Each is looked up once: lists may be long.
  const number = (list: readonly string[], place: number) => (place < list.length ? registrations.get(list[place]!)!.number : Infinity);
  const all: string[] = [];
  for (let [first, second, mine, theirs] = [0, 0, number(one, 0), number(other, 0)]; mine < Infinity || theirs < Infinity; )
    if (mine < theirs) {
      all.push(one[first++]!);
      mine = number(one, first);
    } else {
      all.push(other[second++]!);
      theirs = number(other, second);
    }
  return all;
};

/** Everybody who stands in one category is of the other. */
export const moveAll = (state: Registrations, category: string, into: string, revision: number): void => {
  const [from, to] = [state.categories.get(category)!, state.categories.get(into)!];
  to.waiting = merged(state, to.waiting, from.waiting);
  to.repeats = [...to.repeats, ...from.repeats].sort((one, other) => one - other);
  to.taken += from.taken;
  to.revision = revision;
  Object.assign(from, { waiting: [], repeats: [], taken: 0 } satisfies Partial<Category>);
  for (const held of state.registrations.values()) {
    if (held.category !== category || !stands(held.standing)) continue;
    held.category = into;
    held.revision = revision;
  }
};
