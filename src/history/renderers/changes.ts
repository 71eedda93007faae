import type { AppearanceState } from '../../convening/appearances.events.js';
import type { Open } from '../../event-store/personal.js';
import type { Standing } from '../../registration/registrations.events.js';
import { seatId, type FactRow, type ToldEvent } from '../history.js';

/** Fields with what they held; null: nothing. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a fact changed. */
export interface BeforeAndAfter {
  readonly before: Fields;
  readonly after: Fields;
}

type Table<V> = { readonly [T in ToldEvent['type']]?: V };

/** What `from` and `to` of a fact are of; of a fact without a row they are fields themselves. */
const wholes: Table<string> = {
  ConveningZoneChanged: 'zone', RoomsReordered: 'order', TracksReordered: 'order', SessionsReordered: 'order', SessionNotesChanged: 'notes', SessionMoved: 'slot', SessionUnscheduled: 'slot',
  ReconfirmationAsked: 'slot', ItemChanged: 'item', ItemRemoved: 'item', ItemsReordered: 'order', CreditChanged: 'credit', OfficeChanged: 'office', RoleChanged: 'role', RepresentationChanged: 'represents',
  AttendanceRecorded: 'state', AppearancesReordered: 'order', AvailabilityStated: 'unavailable', FormChanged: 'form', RegistrationRefused: 'standing', RegistrationWithdrawn: 'standing', RegistrationRecategorised: 'category', SessionCapacityChanged: 'capacity',
};
/** What a seat becomes by a fact. */
const states: Table<AppearanceState> = {
  AppearanceProposed: 'proposed', AppearanceInvited: 'invited', AppearanceConfirmed: 'confirmed', AppearanceTentativelyConfirmed: 'tentative', AppearanceDeclined: 'declined', AppearanceWithdrawn: 'withdrawn',
  AppearanceCancelled: 'cancelled', AppearanceReplaced: 'replaced',
};
/** What a registration becomes by a fact. */
const standings: Table<Standing> = {
  RegistrationRefused: 'refused', RegistrationWithdrawn: 'withdrawn', RegistrationSubstituted: 'substituted', SeatsGiven: 'seated', SeatsOffered: 'offered', OfferAccepted: 'seated', OffersLapsed: 'lapsed',
  NoShowRecorded: 'no-show', NoShowUndone: 'seated',
};
/** What is said by these was so before, and is no more. */
const undone: ReadonlySet<string> = new Set<ToldEvent['type']>(['CheckInUndone']);
const cancelled: Table<boolean> = { SessionCancelled: true, SessionReinstated: false };
/** What only says which thing the fact is about, or how it was said. */
const ids = new Set(['convening', 'session', 'appearance', 'room', 'track', 'registration', 'registrations', 'category', 'conflict', 'rule', 'reason', 'from', 'to']);

/** The value with everything personal in it opened: a name, or that it is withheld. */
export const opened = (value: unknown, open: Open): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => opened(each, open));
  if ('sealed' in value && 'of' in value) return open(value as Parameters<Open>[0]); // What has these two fields was sealed by the codec.
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, opened(each, open)]));
};

const fieldsIn = (value: unknown): Fields => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {});

/** Its fields, where there was nothing in them. */
const nothingIn = (value: unknown): Fields => Object.fromEntries(Object.keys(fieldsIn(value)).map((field) => [field, null]));

/** What the fact says that it changed, from what to what. */
const changed = (type: string, { from, to }: Fields): BeforeAndAfter => {
  const field = (wholes as Readonly<Record<string, string | undefined>>)[type];
  return field === undefined ? { before: { ...nothingIn(to), ...fieldsIn(from) }, after: { ...nothingIn(from), ...fieldsIn(to) } } : { before: { [field]: from ?? null }, after: { [field]: to ?? null } };
};

/** What follows from the fact's kind, though its data need not say so. */
const implied = ({ type, data, about }: FactRow): BeforeAndAfter => {
  const state = (states as Readonly<Record<string, AppearanceState | undefined>>)[type];
  const standing = (standings as Readonly<Record<string, Standing | undefined>>)[type];
  const off = (cancelled as Readonly<Record<string, boolean | undefined>>)[type];
  const { session, appearance, registration, registrations } = data as { session?: string; appearance?: string; registration?: string; registrations?: readonly string[] };
  const before = { standing: about.registration?.[registration ?? registrations?.[0] ?? '']?.standing ?? null };
  if (state !== undefined) return { before: state === 'proposed' ? {} : { state: about.seat?.[seatId(session ?? '', appearance ?? '')]?.state ?? null }, after: { state } };
  if (standing !== undefined) return { before, after: { standing } };
  // As what it was approved, the fact says.
  if (type === 'RegistrationApproved') return { before, after: {} };
  return off === undefined ? { before: {}, after: {} } : { before: { cancelled: !off }, after: { cancelled: off } };
};

/** The fields that the fact touched, before and after it. */
export const beforeAndAfter = (row: FactRow, open: Open): BeforeAndAfter => {
  const data = opened(row.data, open) as Fields; // Opening keeps an object an object.
  const { before, after } = changed(row.type, data);
  const more = implied(row);
  const said = Object.fromEntries(Object.entries(data).filter(([field]) => !ids.has(field)));
  if (undone.has(row.type)) return { before: said, after: nothingIn(said) };
  return { before: { ...before, ...more.before }, after: { ...said, ...after, ...more.after } };
};
