/** A person (or an actor): a UUID that names nobody. */
export type PersonId = string;

/** A personal value as it is told: by a command, on its way into the log. */
export interface Told<T> {
  readonly of: PersonId;
  readonly value: T;
}

/**
 * A personal value as it is stored, folded and checkpointed: base64url of 12 bytes nonce, AES-256-GCM ciphertext and
 * 16 bytes tag over the value's JSON, bound to its person and its stream.
 */
export interface Sealed<T> {
  readonly of: PersonId;
  readonly sealed: string;
  /** Never present: it ties the sealed text to the type of what it hides. */
  readonly hides?: T;
}

/** A value that belongs to a person. Without the person's key it cannot be read, and that is how a person is forgotten. */
export type Personal<T> = Told<T> | Sealed<T>;

/** What stands in place of a value whose person was forgotten. */
export interface Withheld {
  readonly withheld: true;
}
export const withheld: Withheld = Object.freeze({ withheld: true });

/** Reads a personal value, or says that it is withheld. Handed to deciders and views; never kept by them. */
export type Open = <T>(value: Personal<T>) => T | Withheld;

export const isWithheld = (value: unknown): value is Withheld => value === withheld;

export const told = <T>(of: PersonId, value: T): Told<T> => ({ of, value });
