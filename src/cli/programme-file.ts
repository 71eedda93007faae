import { readFile } from 'node:fs/promises';
import { messageOf } from '../event-store/sqlite/database.js';
import { jsonFaultIn } from './json-faults.js';
import { placeAt } from './json-places.js';
import { NoAnswer } from './service.js';
import { pathGiven, type Terminal } from './tool.js';

/** A document as it was given. */
export interface Given {
  /** What it is called where it is complained of: as it was given, so that editors find it. */
  readonly name: string;
  readonly text: string;
}

/** A file, or what is piped in for `-`. @throws NoAnswer it cannot be read, or is no JSON */
export const givenIn = async (file: string, terminal: Terminal): Promise<Given> => {
  const name = file === '-' ? 'standard input' : file;
  const bytes = await bytesOf(file, terminal);
  if ([0xfffe, 0xfeff].includes(bytes.length < 2 ? 0 : bytes.readUInt16BE(0)) || bytes.includes(0)) throw new NoAnswer(`${name}:1:1: this is UTF-16, or no text: save it as UTF-8, in your editor or with iconv -f UTF-16 -t UTF-8.`);
  const text = bytes.toString('utf8');
  const wrong = (offset: number, says: string) => {
    const { line, column } = placeAt(text, offset);
    return new NoAnswer(`${name}:${line}:${column}: ${says}.`);
  };
  if (!bytes.equals(Buffer.from(text))) throw wrong(text.indexOf('\uFFFD'), 'this is not UTF-8, perhaps Latin-1 or Windows-1252: save it as UTF-8, in your editor or with iconv -f WINDOWS-1252 -t UTF-8');
  if (text.startsWith('\uFEFF')) throw wrong(0, 'the file begins with a byte order mark: save it as UTF-8 without one');
  const fault = jsonFaultIn(text);
  if (fault) throw wrong(fault.offset, fault.says);
  return { name, text };
};

/** @throws NoAnswer */
const bytesOf = async (file: string, { in: input, environment }: Terminal): Promise<Buffer> => {
  const path = pathGiven(file, environment);
  try {
    if (file !== '-') return await readFile(path);
    const parts: Buffer[] = [];
    for await (const part of input) parts.push(Buffer.from(part));
    return Buffer.concat(parts);
  } catch (error) {
    throw new NoAnswer(`${file === '-' ? 'Standard input' : path} cannot be read: ${messageOf(error).replace(/^.*[A-Z]{2,}: |, open .*$|, read$/g, '')}.`);
  }
};
