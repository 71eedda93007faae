import { parseConnectionString } from '@kurrent/kurrentdb-client/dist/Client/parseConnectionString.js';
import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import { StoreRefused } from '../event-store.js';

export interface Address {
  readonly address: string;
  readonly port: number;
}

/** Where the cluster is and how one is let in, as read from its address. */
export interface Settings {
  readonly hosts: readonly Address[];
  /** The hosts are asked who leads; otherwise there is one, and it is used. */
  readonly gossip: boolean;
  readonly channel: ChannelCredentials;
  /** The value of the `authorization` header. */
  readonly authorization?: string;
  /** In milliseconds. */
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
}

/** Reads `kurrentdb://` and `esdb://` addresses. @throws StoreRefused; the message never repeats the address, which may hold a password */
export const settingsFrom = (url: string): Settings => {
  const read = parsed(url);
  const secure = read.tls !== false;
  if (!secure && (read.defaultCredentials || read.userCertFile)) {
    throw new StoreRefused('KURRENTDB_URL has credentials and tls=false: they would be sent in clear. Use TLS, or leave the credentials out.');
  }
  if ((read.userCertFile === undefined) !== (read.userKeyFile === undefined)) throw new StoreRefused('KURRENTDB_URL needs userCertFile and userKeyFile together.');
  const { username, password } = read.defaultCredentials ?? {};
  return {
    hosts: read.hosts,
    gossip: read.dnsDiscover || read.hosts.length > 1,
    channel: secure
      ? credentials.createSsl(file(read.tlsCAFile), file(read.userKeyFile), file(read.userCertFile), { rejectUnauthorized: read.tlsVerifyCert !== false })
      : credentials.createInsecure(),
    ...(username !== undefined && { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }),
    keepAliveInterval: read.keepAliveInterval ?? 10_000,
    keepAliveTimeout: read.keepAliveTimeout ?? 10_000,
  };
};

const parsed = (url: string): ReturnType<typeof parseConnectionString> => {
  try {
    // `esdb` is the old name of the same: the package reads it, with a warning on the console.
    return parseConnectionString(url.replace(/^esdb(?=\+discover:|:)/, 'kurrentdb'));
  } catch {
    throw new StoreRefused('KURRENTDB_URL is not the address of a KurrentDB: it takes kurrentdb://host:port?tls=true or kurrentdb://host1:port,host2:port, with user:password@ before the hosts where TLS is used.');
  }
};

const file = (path: string | undefined): Buffer | null => {
  if (path === undefined) return null;
  try {
    return readFileSync(path);
  } catch {
    throw new StoreRefused(`The certificate or key file ${path}, which KURRENTDB_URL names, cannot be read.`);
  }
};
