import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { changed, same, writtenDown, type Writing } from '../deciding/changes.js';
import type { Convening, Session } from './convening.js';
import { theSession } from './programme.rules.js';
import type { Item, RunningOrderEvent } from './running-order.events.js';
import { inLanguages, type Audience, type GivenText } from './texts.js';
import { firstLanguage } from './wording.rules.js';

/** A step as it may be asked for: for the public unless it says otherwise. */
export type GivenItem = Omit<Item, 'title' | 'audience'> & { readonly title: GivenText; readonly audience?: Audience };

/** The whole running order, in its order. */
export type SetRunningOrder = Command<'SetRunningOrder', { session: string; items: readonly GivenItem[] }>;
export type RunningOrderCommand = SetRunningOrder;

const writing: Writing<GivenItem, Item> = { title: inLanguages };

export const runningOrder: Part<Convening, RunningOrderCommand, RunningOrderEvent> = {
  decide: {
    SetRunningOrder({ session, items }, convening) {
      const held = theSession(convening, session);
      const wanted = items.map((item) => changed<Item>({ id: '', title: {}, audience: 'public' }, writtenDown(item, writing, firstLanguage(convening))));
      check(held, wanted);
      return [...removals(held, wanted), ...changes(held, wanted), ...additions(held, wanted), ...order(held, wanted)];
    },
  },
  evolve: {
    ItemAdded: ({ sessions }, { session, item }) => void sessions.get(session)!.items.push(item),
    ItemChanged({ sessions }, { session, to }) {
      const held = sessions.get(session)!;
      held.items = held.items.map((item) => (item.id === to.id ? to : item));
    },
    ItemRemoved({ sessions }, { session, from }) {
      const held = sessions.get(session)!;
      held.items = held.items.filter(({ id }) => id !== from.id);
    },
    ItemsReordered({ sessions }, { session, to }) {
      const place = new Map(to.map((id, index) => [id, index]));
      sessions.get(session)!.items.sort((a, b) => (place.get(a.id) ?? to.length) - (place.get(b.id) ?? to.length));
    },
  },
};

const ids = (items: readonly Item[]) => items.map(({ id }) => id);

const check = (session: Session, wanted: readonly Item[]) => {
  const named = ids(wanted);
  const repeated = [...new Set(named.filter((id, index) => named.indexOf(id) !== index))];
  if (repeated.length > 0) throw new Refusal('items-repeated', { items: repeated });
  for (const { appearance } of wanted)
    if (appearance !== undefined && !session.appearances.has(appearance)) throw new Refusal('item-of-unknown-appearance', { session: session.id, appearance });
};

const removals = ({ id: session, items }: Session, wanted: readonly Item[]): RunningOrderEvent[] => {
  const kept = new Set(ids(wanted));
  return items.filter(({ id }) => !kept.has(id)).map((from) => ({ type: 'ItemRemoved', data: { session, from } }));
};

const changes = ({ id: session, items }: Session, wanted: readonly Item[]): RunningOrderEvent[] =>
  wanted.flatMap((to) => {
    const from = items.find(({ id }) => id === to.id);
    return from && !same(from, to) ? [{ type: 'ItemChanged', data: { session, from, to } }] : [];
  });

const additions = ({ id: session, items }: Session, wanted: readonly Item[]): RunningOrderEvent[] => {
  const held = new Set(ids(items));
  return wanted.filter(({ id }) => !held.has(id)).map((item) => ({ type: 'ItemAdded', data: { session, item } }));
};

/** What stays keeps its order and what is added comes last, unless it is said otherwise. */
const order = ({ id: session, items }: Session, wanted: readonly Item[]): RunningOrderEvent[] => {
  const to = ids(wanted);
  const held = ids(items);
  const from = [...held.filter((id) => to.includes(id)), ...to.filter((id) => !held.includes(id))];
  return same(from, to) ? [] : [{ type: 'ItemsReordered', data: { session, from, to } }];
};
