import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startBaraza } from '../../dist/baraza.js';
import { configFrom } from '../../dist/config.js';

/** docs/reference/openapi.json: what the running service says of its routes and bodies. */
export const openApiReference = async () => {
  const data = mkdtempSync(join(tmpdir(), 'baraza-reference-'));
  const baraza = await startBaraza(configFrom({ BARAZA_DATA: data, BARAZA_PORT: '0' }), { log: pino({ level: 'silent' }) });
  try {
    const answer = await fetch(`${baraza.url}/docs/openapi.json`);
    return `${JSON.stringify(await answer.json(), undefined, 2)}\n`;
  } finally {
    await baraza.close();
    rmSync(data, { recursive: true });
  }
};
