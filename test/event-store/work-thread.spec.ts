import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareFile } from '../../src/event-store/sqlite/database-file.js';
import { groupCommit } from '../../src/event-store/sqlite/group-commit.js';
import { eventLog } from '../../src/event-store/sqlite/log-tables.js';
import { fact } from './event-store.contract.js';

const mebibyte = 1024 * 1024;

describe('A thread that does works', () => {
  let folder: string;
  let batches: number;
  let thread: Awaited<ReturnType<typeof groupCommit>>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'baraza-works-'));
    const path = join(folder, 'events.db');
    prepareFile(path, eventLog);
    batches = 0;
    thread = await groupCommit(path, () => (batches += 1));
  });
  afterEach(async () => {
    await thread.close();
    rmSync(folder, { recursive: true });
  });
  const append = (stream: string, bytes?: number) => thread.submit({ kind: 'append', stream, expected: 'none', facts: [fact(stream)] }, bytes);
  const kinds = async (works: readonly ReturnType<typeof append>[]) => (await Promise.all(works)).map(({ kind }) => kind);
  const refusal = (work: Promise<unknown>) => work.then(() => 'none', (error: Error) => error.name);

  test('has what is asked in one turn as one batch, and what is asked meanwhile as the next, whether more is asked or not', async () => {
    const first = [append('a'), append('b')];
    await Promise.resolve(); // They are with the thread now.
    const second = [append('c'), append('d'), append('e')];
    expect(await kinds([...first, ...second])).toEqual(Array(5).fill('appended'));
    expect(batches).toBe(2);
  });

  test('has no batch over 8 MiB, but for one work that is larger by itself', async () => {
    expect(await kinds([append('a', 5 * mebibyte), append('b', 5 * mebibyte), append('c', 20 * mebibyte), append('d', 1), append('e', 1)])).toEqual(Array(5).fill('appended'));
    expect(batches).toBe(4);
  });

  test('takes 256 MiB and 20,000 works that wait, refuses more, and takes as much again when those are done', async () => {
    for (const round of [1, 2]) {
      const large = [append(`large-${round}`, 200 * mebibyte), append(`last-${round}`, 56 * mebibyte)];
      expect(await refusal(append('too-large', 1))).toBe('StoreUnavailable');
      expect(await kinds(large)).toEqual(['appended', 'appended']);
    }
    const many = Array.from({ length: 20_000 }, () => thread.submit({ kind: 'delete', stream: 'never-was' }));
    expect(await refusal(append('too-many'))).toBe('StoreUnavailable');
    await Promise.all(many);
  });

  test('is closed when all that was asked before is answered', async () => {
    const asked = [append('a', 5 * mebibyte), append('b', 5 * mebibyte)];
    await thread.close();
    expect(await kinds(asked)).toEqual(['appended', 'appended']);
    expect(await refusal(append('late'))).toBe('StoreUnavailable');
  });
});
