import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

describe('the generated reference', () => {
  it('says what the code says', () => {
    const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', 'docs/generate.js', '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  }, 60_000);
});
