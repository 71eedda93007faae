// What is otherwise in one agenda than in another, found by looking at everything: it shares no code with the service and knows only
// agenda.json. Prints, for pairs of agendas given as lines of JSON, one JSON list of lines a pair: place, before, after.
import { createInterface } from 'node:readline';

const nested = new Set(['venue', 'attendance', 'slot', 'credit', 'office']);
const ordered = (value) => (Array.isArray(value) ? value.map(ordered) : value && typeof value === 'object' ? Object.fromEntries(Object.keys(value).sort().map((name) => [name, ordered(value[name])])) : value);
const text = (value) => JSON.stringify(value === undefined ? null : ordered(value));

/** Writes down every field of a thing under its place. */
const write = (into, place, thing, skip = []) => {
  for (const [name, value] of Object.entries(thing)) {
    if (name === 'id' || skip.includes(name) || value === undefined) continue;
    if (name === 'track') into.set(`${place}/track`, text(value.id));
    else if (nested.has(name)) for (const [inner, held] of Object.entries(value)) into.set(`${place}/${name}.${inner}`, text(name === 'slot' && inner === 'room' ? held.id : held));
    else into.set(`${place}/${name}`, text(value));
  }
};

const everything = (agenda) => {
  const [fields, lists] = [new Map(), new Map()];
  write(fields, 'details', agenda.convening);
  const list = (place, things) => {
    const silent = {};
    const names = things.map((thing) => thing.id ?? ` ${thing.role} ${(silent[thing.role] = (silent[thing.role] ?? 0) + 1)}`);
    lists.set(place, names);
    things.forEach((thing, n) => write(fields, `${place}/${names[n]}`, thing));
  };
  list('rooms', agenda.rooms);
  list('tracks', agenda.tracks);
  for (const session of [...agenda.days.flatMap((day) => day.sessions), ...agenda.unscheduled]) {
    write(fields, `session/${session.id}`, session, ['items', 'appearances']);
    list(`session/${session.id}/items`, session.items);
    list(`session/${session.id}/appearances`, session.appearances);
  }
  return { fields, lists };
};

const compare = (one, other) => {
  const [a, b] = [everything(one), everything(other)];
  const lines = [];
  for (const place of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const [was, is] = [a.fields.get(place) ?? 'null', b.fields.get(place) ?? 'null'];
    if (was !== is) lines.push(`${place} ${was} ${is}`);
  }
  for (const place of new Set([...a.lists.keys(), ...b.lists.keys()])) {
    const [was, is] = [a.lists.get(place) ?? [], b.lists.get(place) ?? []];
    const [stood, stands] = [was.filter((name) => is.includes(name)), is.filter((name) => was.includes(name))];
    if (stood.join('\n') !== stands.join('\n')) lines.push(`${place} order ${JSON.stringify(stood)} ${JSON.stringify(stands)}`);
  }
  return lines.sort();
};

for await (const line of createInterface({ input: process.stdin })) {
  const [one, other] = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(compare(one, other))}\n`);
}
