import { Temporal } from 'temporal-polyfill';
import { Refusal, type Facts } from '../deciding/refusal.js';
import type { Placement } from './convening.js';
import type { Dates } from './details.events.js';
import type { Slot } from './slots.events.js';

/** The instant of a time with offset, in milliseconds since 1970. */
export const instantOf = (time: string): number => Date.parse(time);

/** A slot with its instants, so that rules compare numbers. */
export const placed = ({ room, start, end }: Slot): Placement => {
  const [starts, ends] = [instantOf(start), instantOf(end)];
  return room === undefined ? { start, end, starts, ends } : { room, start, end, starts, ends };
};

/** The slot without its instants, as facts hold it. */
export const slotOf = ({ room, start, end }: Slot): Slot => (room === undefined ? { start, end } : { room, start, end });

const withOffset = /(?:[zZ]|[+-]\d{2}(?::?\d{2})?)$/;

/** `2013-05-27T09:00+03:00`: the wall clock with its offset, to the minute. */
const written = (time: Temporal.ZonedDateTime) => time.toString({ smallestUnit: 'minute', timeZoneName: 'never', calendarName: 'never' });

/**
 * A time as it may be asked for (local, `2013-05-27T09:00`; or with an offset or Z) as the wall clock of the zone with its offset.
 * `about` goes with the refusal. @throws Refusal `local-time-missing` or `local-time-ambiguous` with both readings; RangeError: not a time.
 */
export const wallClock = (time: string, zone: string, about: Facts = {}): string => written(readIn(time, zone, about));

/** The same as an instant: UTC with milliseconds. @throws as `wallClock` */
export const instantIn = (time: string, zone: string, about: Facts = {}): string =>
  readIn(time, zone, about).toInstant().toString({ fractionalSecondDigits: 3 });

const readIn = (time: string, zone: string, about: Facts): Temporal.ZonedDateTime =>
  withOffset.test(time.slice(10)) ? Temporal.Instant.from(time).toZonedDateTimeISO(zone) : onlyReading(Temporal.PlainDateTime.from(time), zone, { time, ...about });

const onlyReading = (local: Temporal.PlainDateTime, zone: string, about: Facts): Temporal.ZonedDateTime => {
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return earlier;
  if (earlier.toPlainDateTime().equals(local))
    throw new Refusal('local-time-ambiguous', { ...about, earlier: written(earlier), later: written(later) });
  throw new Refusal('local-time-missing', { ...about, before: written(earlier), after: written(later) });
};

/** What a local time can mean in the zone, with offset: one hour, or two where the clocks are put forward over it or back. */
export const readingsOf = (time: string, zone: string): string[] => {
  const local = Temporal.PlainDateTime.from(time);
  const readings = (['earlier', 'later'] as const).map((disambiguation) => local.toZonedDateTime(zone, { disambiguation }).toString({ timeZoneName: 'never', calendarName: 'never' }));
  return [...new Set(readings)];
};

/** Of days in zones whether the clocks are changed on them: few days are asked for, and often. */
const changing = new Map<string, boolean>();
const mostDays = 5_000;
const clocksChangeOn = (date: string, zone: string): boolean => {
  const name = `${date} ${zone}`;
  const known = changing.get(name);
  if (known !== undefined) return known;
  if (changing.size >= mostDays) changing.clear();
  const changes = Temporal.PlainDate.from(date).toZonedDateTime(zone).hoursInDay !== 24;
  changing.set(name, changes);
  return changes;
};

/** Whether a local time comes twice there, since the clocks are put back over it. */
export const comesTwice = (date: string, time: string, zone: string): boolean => {
  if (!clocksChangeOn(date, zone)) return false;
  const readings = readingsOf(`${date}T${time}`, zone);
  return readings.length === 2 && readings.every((reading) => reading.startsWith(`${date}T${time}`));
};

/** The same hour on the door in another zone. @throws Refusal like `wallClock` */
export const inZone = (slot: Slot, zone: string, about: Facts): Slot => ({
  ...slotOf(slot),
  start: wallClock(slot.start.slice(0, 16), zone, about),
  end: wallClock(slot.end.slice(0, 16), zone, about),
});

/** An IANA name that is known here; an offset is no zone. */
export const isZone = (zone: string): boolean => {
  try {
    return /^[A-Za-z]/.test(zone) && Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone) !== undefined;
  } catch {
    return false;
  }
};

/** Of each zone the day that was asked for last, and between which instants, in milliseconds, it is: who asks mostly asks for today. */
const lastDays = new Map<string, { readonly date: string; readonly from: number; readonly until: number }>();
const mostZones = 600;
const ordinaryDay = 86_400_000;

/** The local date of an instant. */
export const localDate = (instant: string, zone: string): string => {
  const known = lastDays.get(zone);
  const at = instantOf(instant);
  if (known && known.from <= at && at < known.until) return known.date;
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
  const [from, until] = [day, day.add({ days: 1 })].map((each) => each.toZonedDateTime(zone).epochMilliseconds) as [number, number];
  // On a day on which clocks change the day before may come back for an hour.
  if (until - from === ordinaryDay) {
    if (lastDays.size >= mostZones) lastDays.clear();
    lastDays.set(zone, { date: day.toString(), from, until });
  }
  return day.toString();
};

/** The instants, in milliseconds, between which the days of a convening lie. */
export interface Days {
  readonly from: number;
  readonly until: number;
}

export const daysOf = ({ start, end }: Dates, zone: string): Days =>
  start === '' || end === ''
    ? { from: -Infinity, until: Infinity }
    : {
        from: Temporal.PlainDate.from(start).toZonedDateTime(zone).epochMilliseconds,
        until: Temporal.PlainDate.from(end).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
      };
