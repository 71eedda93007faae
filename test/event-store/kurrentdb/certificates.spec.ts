import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ServerCredentials } from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KurrentDbEventStore } from '../../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { KurrentDbKeys } from '../../../src/event-store/kurrentdb/kurrentdb-keys.js';
import { fact } from '../event-store.contract.js';
import { follow } from '../follower.js';
import { Double } from './double.js';
import { ServerLog } from './server-log.js';

/** Made for tests and for nothing else; valid until 2126. Who signed them is gone. */
const at = (name: string) => fileURLToPath(new URL(`./certificates/${name}`, import.meta.url));
const trusted = `tlsCAFile=${at('authority.crt')}`;
const shown = `userCertFile=${at('user.crt')}&userKeyFile=${at('user.key')}`;

/** Two servers that speak TLS and take nobody without a certificate that their authority signed; the second leads. */
let servers: Double[];
beforeAll(async () => {
  const demanding = () => ServerCredentials.createSsl(readFileSync(at('authority.crt')), [{ cert_chain: readFileSync(at('server.crt')), private_key: readFileSync(at('server.key')) }], true);
  const log = new ServerLog();
  servers = [];
  for (let count = 0; count < 2; count += 1) servers.push(await Double.start(log, () => servers, demanding()));
  servers[0]!.leader = servers[1]!;
});
afterAll(() => Promise.all(servers.map((server) => server.stop())));

/** Places where the log is said to be: the first asks who leads and goes there, the second is sent on by the one that does not lead. */
const places = { 'a cluster': () => servers.map(({ wire }) => `127.0.0.1:${wire.port}`).join(','), 'one server': () => `127.0.0.1:${servers[0]!.wire.port}` };

describe.each(Object.entries(places))('A log in %s that asks for certificates', (_, hosts) => {
  const given = (...settings: readonly string[]) => ({ url: `kurrentdb://${hosts()}?${settings.join('&')}` });
  const refusal = (...settings: readonly string[]) => KurrentDbEventStore.open({ ...given(...settings), deadline: 400 }).then(() => 'none', (error: Error) => `${error.name}: ${error.message}`);

  test('takes a node that shows its own, on every connection that it makes: to read, write, delete and follow, and for the keys', async () => {
    const [store, keys] = [await KurrentDbEventStore.open(given(trusted, shown)), await KurrentDbKeys.open(given(trusted, shown), 'karibu sana')];
    const follower = follow(store, {});
    const stream = `talks-${servers[0]!.log.all.length}`;
    const { position } = await store.append(stream, 'none', [fact('one')]);
    await follower.reached(position);
    for (const { wire } of servers) wire.cut();
    await follower.reached((await store.append(stream, 0, [fact('two')])).position);
    await store.deleteStream(stream);
    expect([follower.facts.filter((one) => one.stream === stream).length, (await keys.obtain(['0196f3c2-0000-7000-8000-000000000002'])).size]).toEqual([2, 1]);
    await store.close();
    await keys.close();
  });

  test.each([
    ['shows none', [trusted], /^StoreUnavailable: .*asks for a certificate that it trusts, .*userCertFile and userKeyFile in KURRENTDB_URL/],
    ['does not trust theirs', [shown], /^StoreUnavailable: .*shows a certificate of an authority that this node does not trust: tlsCAFile in KURRENTDB_URL/],
  ])('is refused to a node that %s, and says why and what to set', async (_what, settings, why) => {
    expect(await refusal(...settings)).toMatch(why);
  });
});
