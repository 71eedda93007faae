import 'reflect-metadata';
import { pino } from 'pino';
import { startBaraza } from './baraza.js';
import { configFrom, WrongSetting } from './config.js';
import { StoreRefused } from './event-store/event-store.js';

/** What stops the start and is the operator's to mend is told in a sentence, without a stack. */
const sentenceOf = (error: unknown): string | undefined => {
  if (error instanceof WrongSetting || error instanceof StoreRefused) return error.message;
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  if (code === 'EADDRINUSE') return `Port ${port} of ${address} is taken. Stop what listens there, or set BARAZA_PORT to another.`;
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') return `${(error as Error).message}. Give a folder that can be written by BARAZA_DATA, or another port by BARAZA_PORT.`;
  return undefined;
};

let stopping = false;
try {
  const log = pino();
  const baraza = await startBaraza(configFrom(process.env), { log });
  if (baraza.newToken !== undefined) process.stdout.write(`\nThe operator's token, shown this once:\n\n    ${baraza.newToken}\n\nSend it as "Authorization: Bearer <token>" with every change.\n\n`);
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'Baraza stops');
    baraza.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'Baraza did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  await baraza.serving.catch(async (error: unknown) => {
    if (!stopping) await baraza.close();
    throw error;
  });
  log.info({ url: baraza.url }, 'Baraza serves');
} catch (error) {
  const sentence = sentenceOf(error);
  // Stopped while it waited: that it did not serve is no news.
  if (!stopping) {
    if (sentence === undefined) throw error;
    process.stderr.write(`Baraza did not start. ${sentence}\n`);
    process.exitCode = 1;
  }
}
