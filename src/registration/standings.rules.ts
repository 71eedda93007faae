import { Refusal } from '../deciding/refusal.js';
import type { Category, Registration, Registrations } from './registration.js';
import type { Standing } from './registrations.events.js';

/** How a registration stands that has not come to an end. */
export const live: readonly Standing[] = ['pending', 'waiting', 'offered', 'seated', 'no-show'];

/** Whether the registration has not come to an end: a person has at most one that stands. */
export const stands = (standing: Standing): boolean => live.includes(standing);

/** Whether a seat is taken by it. */
export const holdsSeat = (standing: Standing): boolean => standing === 'seated' || standing === 'offered';

/** The registration that an id or a code leads to. @throws Refusal unknown-registration */
export const theRegistration = ({ registrations, known }: Readonly<Registrations>, named: string): { readonly id: string; readonly held: Registration } => {
  const id = registrations.has(named) ? named : known.get(named);
  const held = id === undefined ? undefined : registrations.get(id);
  if (id === undefined || !held) throw new Refusal('unknown-registration', { registration: named });
  return { id, held };
};

/** @throws Refusal unknown-category */
export const theCategory = ({ categories }: Readonly<Registrations>, category: string): Category => {
  const held = categories.get(category);
  if (!held) throw new Refusal('unknown-category', { category, categories: [...categories.keys()] });
  return held;
};

/** A category in which one can register. @throws Refusal unknown-category, category-closed */
export const openCategory = (state: Readonly<Registrations>, category: string): Category => {
  const held = theCategory(state, category);
  if (held.closed) throw new Refusal('category-closed', { category, ...held.closed });
  return held;
};
