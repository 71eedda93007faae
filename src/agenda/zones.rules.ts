import { Temporal } from 'temporal-polyfill';

const minute = 60_000;

/**
 * What the clocks of a zone show: instants (milliseconds since 1970) as wall clock with offset, `2013-05-27T09:00+03:00`. The
 * zone's rules are asked once for all that lies between two changes of its clocks; quick when instants come in about their order.
 */
export const clockOf = (zone: string): ((instant: number) => string) => {
  let [from, until, offset, ending] = [Infinity, -Infinity, 0, ''];
  return (instant) => {
    if (instant < from || instant >= until) {
      const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
      const written = there.toString({ smallestUnit: 'minute', timeZoneName: 'never' });
      const shift = there.offsetNanoseconds / 1_000_000;
      // Long ago offsets had seconds, which are not written.
      if (shift % minute !== 0) return written;
      offset = shift;
      ending = written.slice(written.lastIndexOf('T') + 'T00:00'.length);
      from = instant;
      until = there.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
    }
    return new Date(instant + offset).toISOString().slice(0, -':00.000Z'.length) + ending;
  };
};
