import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../deciding/clock.js';
import type { Operator } from './operator.js';
import type { Secret } from './secret.js';

/** How long a browser stays admitted, in seconds. */
export const passLasts = 12 * 60 * 60;
const name = 'baraza-pass';

/**
 * Lets a browser read what is the organisers' without a token in any address. Whoever has shown the token once holds a cookie that no script reads
 * and no other site sends along: it says until when it holds, and is signed with the secret and for this token, so it ends with either. It is looked
 * at by pages only, never by a write. Also the injection token.
 */
export class BrowserPass {
  readonly #key: Buffer;

  constructor(secret: Secret, private readonly operator: Operator, private readonly clock: Clock) {
    this.#key = secret.keyFor('browser pass');
  }

  /** The header that gives the pass to a browser. `isSecure`: it shall send it by https only. */
  given(isSecure: boolean): string {
    const until = Math.floor(this.clock.now() / 1_000) + passLasts;
    return cookie(`${until}.${this.#signed(until)}`, passLasts, isSecure);
  }

  /** The header that takes it back. */
  taken = (isSecure: boolean): string => cookie('', 0, isSecure);

  /** Whether the cookies of a request hold a pass that is good now. */
  isIn(cookies: string | undefined): boolean {
    for (const each of cookies?.split(';') ?? []) {
      const [, until, signed] = /^\s*baraza-pass=(\d{1,12})\.([\w-]{43})\s*$/.exec(each) ?? [];
      if (until !== undefined && signed !== undefined && Number(until) * 1_000 > this.clock.now() && timingSafeEqual(Buffer.from(signed), Buffer.from(this.#signed(Number(until))))) return true;
    }
    return false;
  }

  #signed = (until: number): string => createHmac('sha256', this.#key).update(`${this.operator.id} ${until}`).digest('base64url');
}

const cookie = (value: string, seconds: number, isSecure: boolean): string =>
  `${name}=${value}; Path=/convenings; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
