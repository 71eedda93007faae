import { isIP } from 'node:net';

/** How this node is set up: read once from the environment, checked at boot. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The folder of the read models, and of the log and the keys where they are not in a KurrentDB. */
  readonly data: string;
  /** Where the log and the keys are; left out, in files of the data folder. */
  readonly kurrentdb?: {
    readonly url: string;
    /** Begins the names of all streams, a dot after it; left out, nothing does. */
    readonly prefix?: string;
  };
  /** The operator's token; left out, one is made at first start. */
  readonly token?: string;
  /** Wraps the keys of sealed values; left out, one is made at first start and kept in the data folder. */
  readonly secret?: string;
  /** The public address, without a slash at the end. */
  readonly url?: string;
  /** Addresses and networks of the proxies before this node, whose word is taken for where a request comes from. */
  readonly proxies?: readonly string[];
}

/** A setting is unknown or wrong. The message says which and what is expected; it never repeats a secret. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
}

interface Setting {
  readonly expects: string;
  readonly fits: (value: string) => boolean;
}

/** As `proxy-addr` reads them: an address, or a network by the length of its prefix. */
const isProxy = (text: string): boolean => {
  const [address = '', length, ...more] = text.trim().split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return text.trim() === 'loopback' || (bits > 0 && more.length === 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits)));
};

const settings = {
  BARAZA_HOST: { expects: 'a host name or an IP address', fits: (value) => isIP(value) > 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value) },
  BARAZA_PORT: { expects: 'a number from 0 to 65535', fits: (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65535 },
  BARAZA_DATA: { expects: 'the path of a folder', fits: (value) => value.length > 0 && !value.includes('\0') },
  BARAZA_TOKEN: { expects: '16 to 256 visible ASCII characters', fits: (value) => /^[\x21-\x7e]{16,256}$/.test(value) },
  BARAZA_SECRET: { expects: 'at least 32 characters', fits: (value) => value.length >= 32 },
  BARAZA_URL: { expects: 'an http or https address', fits: (value) => /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '') },
  BARAZA_PROXIES: { expects: 'IP addresses or networks such as 10.0.0.0/8 with commas between them, or loopback', fits: (value) => value.split(',').every(isProxy) },
  KURRENTDB_URL: { expects: 'an address that begins with kurrentdb:// or esdb://', fits: (value) => /^(kurrentdb|esdb)(\+discover)?:\/\/./.test(value) },
  // One that holds a dot could begin another's.
  KURRENTDB_PREFIX: { expects: 'lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen', fits: (value) => /^[a-z0-9][a-z0-9-]{0,63}$/.test(value) },
} as const satisfies Record<string, Setting>;

type Name = keyof typeof settings;

/** Reads the settings. @throws WrongSetting */
export const configFrom = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const unknown = Object.keys(environment).find((name) => /^(BARAZA|KURRENTDB)_/.test(name) && !Object.hasOwn(settings, name));
  if (unknown) throw new WrongSetting(`${unknown} is no setting of Baraza. The settings are ${Object.keys(settings).join(', ')}.`);
  const read = (name: Name): string | undefined => {
    const value = environment[name];
    if (value === undefined) return undefined;
    if (!settings[name].fits(value)) throw new WrongSetting(`${name} is not right: it takes ${settings[name].expects}.`);
    return value;
  };
  const [token, secret, url, proxies] = [read('BARAZA_TOKEN'), read('BARAZA_SECRET'), read('BARAZA_URL'), read('BARAZA_PROXIES')];
  const [kurrentdb, prefix] = [read('KURRENTDB_URL'), read('KURRENTDB_PREFIX')];
  if (kurrentdb !== undefined && secret === undefined) throw new WrongSetting('KURRENTDB_URL needs BARAZA_SECRET: one that all nodes over this store share.');
  if (kurrentdb !== undefined && token === undefined) throw new WrongSetting('KURRENTDB_URL needs BARAZA_TOKEN: one that all nodes over this store take.');
  if (kurrentdb === undefined && prefix !== undefined) throw new WrongSetting('KURRENTDB_PREFIX needs KURRENTDB_URL.');
  return {
    host: read('BARAZA_HOST') ?? '127.0.0.1',
    port: Number(read('BARAZA_PORT') ?? 3000),
    data: read('BARAZA_DATA') ?? './data',
    ...(kurrentdb !== undefined && { kurrentdb: { url: kurrentdb, ...(prefix !== undefined && { prefix }) } }),
    ...(token !== undefined && { token }),
    ...(secret !== undefined && { secret }),
    ...(url !== undefined && { url: url.replace(/\/+$/, '') }),
    ...(proxies !== undefined && { proxies: proxies.split(',').map((each) => each.trim()) }),
  };
};
