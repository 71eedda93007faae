import { v7 } from 'uuid';
import { randomness } from './randomness.js';

const sixteenBytes = randomness(16);

/** A UUID of version 7 (RFC 9562): they sort by the time they were made, which keeps the log's indexes narrow. */
export const newId = (): string => v7({ rng: sixteenBytes });
