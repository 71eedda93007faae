import type { Command, Part } from '../deciding/decider.js';
import { Refusal } from '../deciding/refusal.js';
import { changed, difference, same, writtenDown, type Writing } from '../deciding/changes.js';
import type { Convening } from './convening.js';
import type { ConveningPlanned, Dates, Details, DetailsEvent } from './details.events.js';
import { defaultPolicy, type GivenPolicy, type PolicyEvent } from './policy.events.js';
import { policyWith } from './policy.rules.js';
import type { SessionMoved } from './slots.events.js';
import { inLanguages, type GivenText } from './texts.js';
import { inZone, isZone, slotOf } from './times.js';
import { firstLanguage, linksIn, organisersIn, textIn, venueIn, type GivenLink, type GivenOrganiser, type GivenVenue } from './wording.rules.js';

/** What is left out stays; null removes. */
export interface GivenDetailsChange {
  readonly title?: GivenText;
  readonly subtitle?: GivenText | null;
  readonly description?: GivenText | null;
  readonly languages?: readonly string[];
  readonly venue?: GivenVenue | null;
  readonly capacity?: number | null;
  readonly organisers?: readonly GivenOrganiser[];
  readonly links?: readonly GivenLink[];
}

/** `start` and `end`: local dates, both included. `zone`: an IANA name. `languages` left out: English. */
export type PlanConvening = Command<'PlanConvening', GivenDetailsChange & Dates & {
  convening: string; title: GivenText; zone: string; policy?: GivenPolicy;
}>;
/**
 * What is left out stays. In another zone, sessions keep their wall clock. Under another policy, conflicts that are there
 * already stay and hold publication; nothing is refused for them.
 */
export type ChangeConvening = Command<'ChangeConvening', Partial<Dates> & { to?: GivenDetailsChange; zone?: string; policy?: GivenPolicy }>;
export type DetailsCommand = PlanConvening | ChangeConvening;

const writing: Writing<GivenDetailsChange, Details> = {
  title: inLanguages,
  subtitle: textIn,
  description: textIn,
  venue: venueIn,
  organisers: organisersIn,
  links: linksIn,
};
const nothingSaid: Details = { title: {}, languages: ['en'], organisers: [], links: [] };

/** Another zone moves sessions, but how a move changes the state is told with the slots. */
interface DetailsPart {
  readonly decide: Part<Convening, DetailsCommand, DetailsEvent | PolicyEvent | SessionMoved>['decide'];
  readonly evolve: Part<Convening, DetailsCommand, DetailsEvent | PolicyEvent>['evolve'];
}

export const details: DetailsPart = {
  decide: {
    PlanConvening({ convening: id, start, end, zone, policy = {}, ...given }, convening) {
      checkZone(zone);
      checkDates({ start, end });
      const written = changed(nothingSaid, writtenDown(given, writing, given.languages?.[0] ?? 'en'));
      const data: ConveningPlanned['data'] = { convening: id, ...written, start, end, zone, policy: policyWith(defaultPolicy, policy) };
      if (convening.phase === 'unplanned') return [{ type: 'ConveningPlanned', data }];
      if (same(data, asPlanned(convening))) return [];
      throw new Refusal('convening-exists', { convening: convening.id });
    },
    ChangeConvening: ({ to = {}, start, end, zone, policy = {} }, convening) => [
      ...detailsChange(convening, to),
      ...datesChange(convening, { start: start ?? convening.dates.start, end: end ?? convening.dates.end }),
      ...zoneChange(convening, zone ?? convening.zone),
      ...policyChange(convening, policy),
    ],
  },
  evolve: {
    ConveningPlanned(state, { convening, start, end, zone, policy, ...said }) {
      Object.assign(state, { id: convening, phase: 'planned', details: said, dates: { start, end }, zone, policy } satisfies Partial<Convening>);
    },
    ConveningDetailsChanged: (convening, { to }) => void (convening.details = changed(convening.details, to)),
    ConveningDatesChanged: (convening, { to }) => void (convening.dates = to),
    ConveningZoneChanged: (convening, { to }) => void (convening.zone = to),
    PolicyChanged: (convening, { to }) => void (convening.policy = to),
  },
};

const asPlanned = ({ id, details: said, dates, zone, policy }: Readonly<Convening>) => ({ convening: id, ...said, ...dates, zone, policy });

const detailsChange = (convening: Readonly<Convening>, to: GivenDetailsChange): DetailsEvent[] => {
  const change = difference(convening.details, writtenDown(to, writing, to.languages?.[0] ?? firstLanguage(convening)));
  return change ? [{ type: 'ConveningDetailsChanged', data: change }] : [];
};

const datesChange = ({ dates: from }: Readonly<Convening>, to: Dates): DetailsEvent[] => {
  checkDates(to);
  return same(from, to) ? [] : [{ type: 'ConveningDatesChanged', data: { from, to } }];
};

const zoneChange = (convening: Readonly<Convening>, to: string): (DetailsEvent | SessionMoved)[] => {
  if (to === convening.zone) return [];
  checkZone(to);
  return [{ type: 'ConveningZoneChanged', data: { from: convening.zone, to } }, ...keepingTheirHours(convening, to)];
};

const policyChange = ({ policy: from }: Readonly<Convening>, given: GivenPolicy): PolicyEvent[] => {
  const to = policyWith(from, given);
  return same(from, to) ? [] : [{ type: 'PolicyChanged', data: { from, to } }];
};

const keepingTheirHours = ({ sessions }: Readonly<Convening>, zone: string): SessionMoved[] => {
  const moved: SessionMoved[] = [];
  for (const { id, slot } of sessions.values()) {
    if (!slot) continue;
    const to = inZone(slot, zone, { session: id });
    if (!same(to, slotOf(slot))) moved.push({ type: 'SessionMoved', data: { session: id, from: slotOf(slot), to } });
  }
  return moved;
};

const checkDates = ({ start, end }: Dates) => {
  if (end < start) throw new Refusal('ends-before-it-starts', { start, end });
};

const checkZone = (zone: string) => {
  if (!isZone(zone)) throw new Refusal('unknown-zone', { zone });
};
