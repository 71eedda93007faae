import { Readable, Writable } from 'node:stream';
import type { Tool } from '../../src/cli/tool.js';

/** What came of a tool: how it ended, or how it was refused, and what it wrote. */
export interface Ran {
  readonly ended: number | string;
  readonly out: string;
}

/** Runs a tool in this process, in these surroundings. */
export const ran = async (tool: Tool, args: readonly string[], environment: Record<string, string>): Promise<Ran> => {
  let out = '';
  const writing = (note: (text: string) => void) => new Writable({ write: (part: Buffer, _, done) => (note(String(part)), done()) });
  const terminal = { in: Readable.from([]), out: writing((text) => void (out += text)), err: writing(() => undefined), environment };
  const ended = await tool.run(args, terminal).catch((error: Error) => `${error.name}: ${error.message}`);
  return { ended, out };
};
