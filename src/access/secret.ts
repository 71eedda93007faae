import { hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { keptLine } from './kept-file.js';

/** The secret of this installation, from which everything that must not be guessed is derived. */
export class Secret {
  private constructor(readonly text: string) {}

  /** What the configuration sets, or what was made at first start and is kept in the data folder (which must exist). */
  static in(data: string, configured?: string): Secret {
    return new Secret(configured ?? keptLine(join(data, 'secret'), () => randomBytes(32).toString('base64url')));
  }

  /** 32 bytes for one purpose (HKDF, RFC 5869): knowing one tells nothing of another. */
  keyFor(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.text, '', `baraza ${purpose}`, 32));
  }
}
