import type { NameFilter } from './protocol.js';

/** What begins so in the store is not a fact's stream under its own name: the server's own streams, ours, and names that were altered. */
const reserved = /^(\$|~|key-|baraza-)/;
const mark = '~';

/**
 * The names of streams in the server. All of them begin with the prefix, so that a cluster can be shared; a name that the server or
 * the store has a use for itself carries a mark before it.
 */
export class Names {
  /** All streams of facts and no other: not the server's, not the keys, not what the store keeps for itself. */
  readonly everything: NameFilter;

  constructor(private readonly prefix: string) {
    this.everything = { regex: `^${prefix.replaceAll('.', '\\.')}(?!\\$|key-|baraza-)` };
  }

  stored(stream: string): string {
    return `${this.prefix}${reserved.test(stream) ? mark : ''}${stream}`;
  }

  /** The name behind the one in the server; undefined: not a stream of facts. */
  told(stored: string): string | undefined {
    if (!stored.startsWith(this.prefix)) return undefined;
    const name = stored.slice(this.prefix.length);
    if (name.startsWith(mark)) return name.slice(mark.length);
    return reserved.test(name) ? undefined : name;
  }

  /** A superset of the streams whose names begin with one of these: what is told must be looked at once more. */
  beginning(prefixes: readonly string[]): NameFilter {
    return { prefixes: prefixes.flatMap((one) => [`${this.prefix}${one}`, `${this.prefix}${mark}${one}`]) };
  }

  /** Where the wrapped key of a person lies. */
  key(person: string): string {
    return `${this.prefix}key-${person}`;
  }

  /** A stream that the store keeps for itself. */
  own(name: 'log' | 'deleted' | 'keys' | 'clock' | 'standing'): string {
    return `${this.prefix}baraza-${name}`;
  }
}
