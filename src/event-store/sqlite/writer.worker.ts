import { LogWriter } from './log-writer.js';
import { atWork } from './works.thread.js';
import type { Outcome, Work } from './writer.messages.js';

atWork<Work, Outcome, { readonly path: string }>(({ path }) => new LogWriter(path));
