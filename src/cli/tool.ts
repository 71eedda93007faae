import { resolve } from 'node:path';

/** Where a tool writes, and what it knows of its surroundings. */
export interface Terminal {
  /** What is piped into it. */
  readonly in: AsyncIterable<string | Uint8Array>;
  /** The result: may be piped into a file or another program. `isTTY`: a person sees it, with colours. */
  readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** For the person who waits: progress, warnings, what went wrong. `isTTY`: a line may be drawn over, and colours are seen. */
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** One thing that an operator runs: `baraza <name> …`. */
export interface Tool {
  readonly name: string;
  /** One line for the list of tools. */
  readonly summary: string;
  /** How it is called, what its options mean, how it ends. */
  readonly usage: string;
  /**
   * Runs it. The number is how the process ends: 0 all is well, 1 what was asked for did not come out (told on `err` or `out`).
   * @throws WrongUse the arguments are not right
   */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** Where a path leads that somebody gave, who may stand elsewhere: npm runs a tool in the package's folder, and tells where it was called. */
export const pathGiven = (path: string, { npm_lifecycle_event: isByNpm, INIT_CWD: called = '.' }: Terminal['environment']): string => resolve(isByNpm === undefined ? '.' : called, path);

/** The tool was called wrongly: the sentence says how; the usage is pointed to. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}
