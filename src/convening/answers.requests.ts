import { ways, type Way } from './appearances.events.js';
import { CreditRequest, ReplacingSeatRequest } from './appearances.requests.js';
import { CanBeLeftOut, IsInstant, IsNote, IsOneOf, IsPart, IsPerson } from '../http/fields.js';

/** Who said so and when. */
class SpokenRequest {
  /** Who said it; left out: of an answer, the person who appears, else the organiser. */
  @CanBeLeftOut() @IsPerson() by?: string;
  /** The instant it was said, not in the future; left out: now. */
  @CanBeLeftOut() @IsInstant() given?: string;
  /** For organisers only. */
  @CanBeLeftOut() @IsNote() note?: string;
}

/** Who said so, how and when. */
export class SaidRequest extends SpokenRequest {
  /** How it was said. */
  @CanBeLeftOut() @IsOneOf(ways) way?: Way;
}

/** The seat of an office gets a person. */
export class NameAppearanceRequest extends SaidRequest {
  /** A UUID; make a new one for somebody new. */
  @IsPerson() person!: string;
  /** With the name. */
  @IsPart(() => CreditRequest) credit!: CreditRequest;
}

/** An invitation is sent. */
export class InviteAppearanceRequest extends SpokenRequest {
  /** How it was sent. */
  @IsOneOf(ways) way!: Way;
  /** The instant until which an answer is hoped for. */
  @CanBeLeftOut() @IsInstant() answerBy?: string;
}

/** Another seat stands in this one's place. */
export class ReplaceAppearanceRequest extends SaidRequest {
  /** The seat that stands in its place. */
  @IsPart(() => ReplacingSeatRequest) with!: ReplacingSeatRequest;
}

/** Whether the person was there. */
export class RecordAttendanceRequest extends SaidRequest {
  /** `appeared` or `absent`; said again, corrects. */
  @IsOneOf(['appeared', 'absent']) to!: 'appeared' | 'absent';
}
