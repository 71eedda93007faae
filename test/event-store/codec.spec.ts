import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hashOf } from '../../src/event-store/chain.js';
import { Codec, UnreadableFact, type Upcasters } from '../../src/event-store/codec.js';
import type { StoredFact } from '../../src/event-store/event-store.js';
import type { Catalogue, Event } from '../../src/event-store/event.js';
import { Keys } from '../../src/event-store/keys.js';
import { told, withheld, type Personal } from '../../src/event-store/personal.js';
import { Sealing } from '../../src/event-store/sealing.js';

type Greeted = Event<'Greeted', { room: string; name?: Personal<string> }>;
const catalogue = (schema: number): Catalogue<Greeted> => ({ Greeted: { schema, personal: { name: true } } });

/** Keys for the length of a test: the real adapters have a contract suite of their own. */
class KeysInMemory extends Keys {
  private readonly keys = new Map<string, Uint8Array>();
  async obtain(people: readonly string[]) {
    for (const person of people) if (!this.keys.has(person)) this.keys.set(person, randomBytes(32));
    return this.find(people);
  }
  async find(people: readonly string[]) {
    return new Map(people.flatMap((person) => (this.keys.has(person) ? [[person, this.keys.get(person)!] as const] : [])));
  }
  async erase(person: string) {
    this.keys.delete(person);
  }
  async close() {}
}

const stream = 'convening-arusha-2013';
const adama = '0196f3c2-0000-7000-8000-000000000001';
const operator = '0196f3c2-0000-7000-8000-000000000002';
const given = { at: '2013-03-01T08:00:00.000Z', commandId: 'c', correlationId: 'c', actor: operator };

const sealingWith = (keys: Keys) => new Sealing(keys);
const codecWith = (sealing: Sealing, schema = 1, upcasters?: Upcasters) => new Codec<Greeted>(catalogue(schema), sealing, randomUUID, upcasters);
const greeting = (name: string): Greeted => ({ type: 'Greeted', data: { room: 'simba', name: told(adama, name) } });
const stored = (fact: object, revision = 0) => ({ stream, revision, position: 1n, ...fact }) as StoredFact;

describe('a fact in the log', () => {
  it('holds no personal value in clear, and gives it to who has the key', async () => {
    const sealing = sealingWith(new KeysInMemory());
    const codec = codecWith(sealing);
    const { facts } = await codec.encode(stream, [greeting('Adama Dieng')], { ...given, reason: told(operator, 'He asked for it') }, null);
    expect(JSON.stringify(facts)).not.toMatch(/Adama|asked/);
    const { data, metadata, recorded } = codec.decode(stored(facts[0]!));
    const open = sealing.opener(stream);
    expect([open(data.name!), open(metadata.reason!), data.room, recorded]).toEqual([
      'Adama Dieng', 'He asked for it', 'simba', { revision: 0, at: given.at },
    ]);
  });

  it('cannot be opened in another stream, for another person, when altered, or once the person is forgotten', async () => {
    const sealing = sealingWith(new KeysInMemory());
    const { events } = await codecWith(sealing).encode(stream, [greeting('Adama Dieng')], given, null);
    const name = events[0]!.data.name as { of: string; sealed: string };
    await sealing.obtain([operator]);
    const altered = { ...name, sealed: `${name.sealed.startsWith('A') ? 'B' : 'A'}${name.sealed.slice(1)}` };
    expect(sealing.opener(stream)(name)).toEqual('Adama Dieng');
    expect([sealing.opener('convening-other')({ ...name }), sealing.opener(stream)({ ...name, of: operator }), sealing.opener(stream)(altered)]).toEqual([
      withheld, withheld, withheld,
    ]);
    sealing.forget(adama);
    expect(sealing.opener(stream)(name)).toEqual(withheld);
  });

  it('carries the hash of the one before it, so that altering one breaks the chain', async () => {
    const codec = codecWith(sealingWith(new KeysInMemory()));
    const { facts, hash } = await codec.encode(stream, [greeting('one'), greeting('two')], given, null);
    const prev = facts.map((fact) => (JSON.parse(fact.metadata) as { prev: string | null }).prev);
    expect(prev).toEqual([null, hashOf(facts[0]!)]);
    expect(hash).toEqual(hashOf(facts[1]!));
    const byHand = (fact: (typeof facts)[number]) =>
      createHash('sha256').update(`{"data":${fact.data},"id":"${fact.id}","metadata":${fact.metadata},"type":"Greeted"}`).digest('hex');
    expect(byHand(facts[0]!)).toEqual(prev[1]);
    expect(byHand({ ...facts[0]!, data: facts[0]!.data.replace('simba', 'tembo') })).not.toEqual(prev[1]);
  });
});

describe('a fact of another build', () => {
  it('of an older shape is read as today’s', async () => {
    const sealing = sealingWith(new KeysInMemory());
    const { facts } = await codecWith(sealing).encode(stream, [{ type: 'Greeted', data: { room: 'simba' } }], given, null);
    const today = codecWith(sealing, 3, { Greeted: { 1: (data) => ({ ...data, two: true }), 2: (data) => ({ ...data, three: true }) } });
    expect(today.decode(stored(facts[0]!)).data).toEqual({ room: 'simba', two: true, three: true });
  });

  it('of a newer shape, of an unknown type, or without its upcaster is never skipped', async () => {
    const sealing = sealingWith(new KeysInMemory());
    const { facts } = await codecWith(sealing, 2).encode(stream, [{ type: 'Greeted', data: { room: 'simba' } }], given, null);
    const newer = stored(facts[0]!);
    expect(() => codecWith(sealing).decode(newer)).toThrow(UnreadableFact);
    expect(() => codecWith(sealing, 2).decode({ ...newer, type: 'Waved' })).toThrow(UnreadableFact);
    expect(() => codecWith(sealing, 3).decode(newer)).toThrow(UnreadableFact);
    expect(codecWith(sealing, 2).decode(newer).data).toEqual({ room: 'simba' });
  });
});
