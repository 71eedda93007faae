import { KeyFile } from './key-file.js';
import type { KeysAnswer, KeysWork } from './keys.messages.js';
import { atWork } from './works.thread.js';

atWork<KeysWork, KeysAnswer, { readonly path: string; readonly wrapping: Uint8Array }>(({ path, wrapping }) => new KeyFile(path, Buffer.from(wrapping)));
