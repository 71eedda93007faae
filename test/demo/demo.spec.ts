import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Double } from '../event-store/kurrentdb/double.js';

const script = fileURLToPath(new URL('../../demo/demo.js', import.meta.url));

/** Without what is made by chance: codes and ids of registrations, so that nobody guesses them; and hashes, since each log gives its facts ids of their own. */
const withoutChance = (text: string): string =>
  text.replace(/,[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5},/g, ',CODE,').replace(/,[0-9a-f-]{36},/g, ',ID,').replace(/\b[0-9a-f]{64}\b/g, 'HASH');

/** Plays the demo in a process of its own: what it wrote, by the names of the files, and what it told of the story. */
const played = async (kurrentdb?: string): Promise<{ readonly written: Record<string, string>; readonly told: string }> => {
  const out = mkdtempSync(join(tmpdir(), 'baraza-demo-out-'));
  const env = { PATH: process.env['PATH'], BARAZA_DEMO_OUT: out, ...(kurrentdb !== undefined && { KURRENTDB_URL: kurrentdb }) };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--exit'], { env });
    const written = Object.fromEntries(readdirSync(out).sort().map((name) => [name, withoutChance(readFileSync(join(out, name), 'utf8'))]));
    // The story's lines; what follows tells where the files are.
    return { written, told: stdout.split('\n').filter((line) => /^ *(\d+\/\d+ |→)/.test(line)).join('\n') };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
};

describe('The demo', () => {
  it('writes the same, but for what is made by chance, and tells the same story, on the embedded store, on the double of a KurrentDB, and on the server that KURRENTDB_URL names', async () => {
    const double = await Double.start();
    const real = process.env['KURRENTDB_URL'];
    try {
      const [embedded, ...others] = await Promise.all([played(), played(double.url), ...(real === undefined ? [] : [played(real)])]);
      expect(Object.keys(embedded.written)).toEqual(expect.arrayContaining(['agenda.html', 'agenda.json', 'agenda.md', 'follow-up.html', 'follow-up.md', 'participants.csv', 'present-2013-05-27.csv', 'present-2013-05-28.csv', 'registered.json', 'waiting.csv']));
      expect(embedded.told).toMatch(/1\/\d+ .*The convening is planned/);
      expect(embedded.told).toContain('→ to be scheduled anew, since it was on the second day: panel-2, panel-3, working-group');
      expect(embedded.told).toContain('→ 80 people of 22 countries were here, as many as the source reports; 1 went on waiting');
      expect(embedded.told.split('\n').slice(-10)).toEqual([
        '34/37  10 Feb 2014  Somebody looks back: what did the agenda say on the eve of the second publication?',
        '                    → “provisional” was shown: opening, panel-1, panel-2 on 2013-05-27; panel-3, working-group on 2013-05-28',
        '35/37  10 Feb 2014  What has changed since?',
        '                    → panel-2: time, from 2013-05-27 14:30 to 2013-05-28 09:00; panel-3: people',
        '36/37  10 Feb 2014  Who did it?',
        '                    → Panel 2: International justice and prevention moved from Plenary hall (illustrative), 27 May 14:30, to Plenary hall (illustrative), 28 May 09:00, by the operator',
        '                    → Dr. Chris Dolan confirmed by e-mail as panellist in Panel 3: African civil society and prevention: Plenary hall (illustrative), 28 May 11:00, by the operator',
        '37/37  10 Feb 2014  Is the log whole, up to the line at the foot of the published page?',
        '                    → fact 81 of convening-arusha-2013, which the page names, stands as it was published',
        '                    → The log is whole: every fact continues the one before it.',
      ]);
      // Who has a seat: a line each, after the names of the columns.
      expect(embedded.written['participants.csv']?.trimEnd().split('\n')).toHaveLength(81);
      for (const other of others) expect(other).toEqual(embedded);
    } finally {
      await double.stop();
    }
  }, 300_000);
});
