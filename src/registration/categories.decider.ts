import { changed, difference, same, writtenDown, type Writing } from '../deciding/changes.js';
import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { inLanguages, type GivenText } from '../convening/texts.js';
import type { Approval, CategoryDetails, CategoryEvent } from './categories.events.js';
import { mustBePlanned, type Meeting } from './meeting.rules.js';
import type { Category, Registrations } from './registration.js';
import type { RegistrationEvent } from './registration.events.js';
import { seating } from './seating.rules.js';
import { moveAll } from './seats.rules.js';
import { openCategory, theCategory } from './standings.rules.js';

/** A category as it may be asked for. `approval` left out: automatic. */
export interface GivenCategory {
  readonly name: GivenText;
  readonly capacity?: number;
  readonly approval?: Approval;
}
/** What is left out stays; null removes. */
export interface GivenCategoryChange {
  readonly name?: GivenText;
  readonly capacity?: number | null;
  readonly approval?: Approval;
}

export type AddCategory = Command<'AddCategory', GivenCategory & { category: string; meeting: Meeting }>;
export type ChangeCategory = Command<'ChangeCategory', { category: string; meeting: Meeting; to: GivenCategoryChange }>;
/** `into`: who stands in it is of that one from now on. */
export type CloseCategory = Command<'CloseCategory', { category: string; meeting: Meeting; into?: string }>;
export type CategoryCommand = AddCategory | ChangeCategory | CloseCategory;

const writing: Writing<GivenCategoryChange, CategoryDetails> = { name: inLanguages };

const detailsOf = ({ name, capacity, approval }: Category): CategoryDetails => ({ name, approval, ...(capacity !== undefined && { capacity }) });

/** What one can register as. */
export const categories: Part<Registrations, CategoryCommand, CategoryEvent, RegistrationEvent> = {
  decide: {
    AddCategory({ category, meeting, ...given }, state) {
      mustBePlanned(meeting);
      const details = changed<CategoryDetails>({ name: {}, approval: 'automatic' }, writtenDown(given, writing, meeting.language));
      const held = state.categories.get(category);
      if (!held) return [{ type: 'CategoryAdded', data: { category, ...details } }];
      if (!held.closed && same(detailsOf(held), details)) return [];
      throw new Refusal('category-exists', { category });
    },
    ChangeCategory({ category, meeting, to }, state, { now }) {
      mustBePlanned(meeting);
      const change = difference<CategoryDetails>(detailsOf(theCategory(state, category)), writtenDown(to, writing, meeting.language));
      const seats = seating(state, meeting, now);
      if (!change) return seats.facts;
      seats.facts.push({ type: 'CategoryChanged', data: { category, ...change } });
      if (change.to.capacity !== undefined) {
        seats.limit(category, change.to.capacity ?? Infinity);
        seats.moveUp();
      }
      return seats.facts;
    },
    CloseCategory({ category, meeting, into }, state, { now }) {
      mustBePlanned(meeting);
      const { closed } = theCategory(state, category);
      const seats = seating(state, meeting, now);
      if (closed && closed.into === into) return seats.facts;
      if (closed?.into !== undefined) throw new Refusal('category-closed', { category, into: closed.into });
      if (into === category) throw new Refusal('closed-into-itself', { category });
      if (into !== undefined) openCategory(state, into);
      seats.facts.push({ type: 'CategoryClosed', data: { category, ...(into !== undefined && { into }) } });
      if (into !== undefined) {
        seats.merge(category, into);
        seats.moveUp();
      }
      return seats.facts;
    },
  },
  evolve: {
    CategoryAdded: ({ categories: all }, { category, ...details }, { revision }) => void all.set(category, { ...details, taken: 0, waiting: [], repeats: [], revision }),
    CategoryChanged: ({ categories: all }, { category, to }, { revision }) => void all.set(category, { ...changed<Category>(all.get(category)!, to), revision }),
    CategoryClosed(state, { category, into }, { revision }) {
      Object.assign(state.categories.get(category)!, { closed: into === undefined ? {} : { into }, revision } satisfies Partial<Category>);
      if (into !== undefined) moveAll(state, category, into, revision);
    },
  },
};
