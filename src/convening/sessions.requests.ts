import { AreLanguages, AreParts, CanBeLeftOut, CanBeRemoved, IsCount, IsLanguage, IsNote, IsOneOf, IsOptionalTitle, IsSlug, IsText, IsTime, IsTitle } from '../http/fields.js';
import { LinkRequest, mostLinks } from './links.requests.js';
import { sessionKinds, type SessionKind } from './sessions.events.js';
import { audiences, type Audience, type GivenText } from './texts.js';

/** The place of a session in an address. */
export class SessionPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
  /** The session’s id. */
  @IsSlug() session!: string;
}

/** A session to plan, last in the programme. */
export class PlanSessionRequest {
  /** Unique in the convening. */
  @IsSlug() id!: string;
  /** What kind of session it is. */
  @IsOneOf(sessionKinds) kind!: SessionKind;
  /** Plain (in the convening's first language) or by language. */
  @IsTitle() title!: GivenText;
  /** Plain or by language. */
  @CanBeLeftOut() @IsOptionalTitle() subtitle?: GivenText;
  /** What it is about, plain or by language. */
  @CanBeLeftOut() @IsText() abstract?: GivenText;
  /** A track's id. */
  @CanBeLeftOut() @IsSlug() track?: string;
  /** The language spoken. */
  @CanBeLeftOut() @IsLanguage() language?: string;
  /** The languages interpreted into. */
  @CanBeLeftOut() @AreLanguages(0) interpretation?: string[];
  /** Who may see it; left out: everybody. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
  /** For organisers only. */
  @CanBeLeftOut() @IsNote() notes?: string;
  /** References to what is outside, in their order. */
  @CanBeLeftOut() @AreParts(() => LinkRequest, mostLinks) links?: LinkRequest[];
}

/** What is left out stays; null removes. Lists are given whole. */
export class ChangeSessionRequest {
  /** What kind of session it is. */
  @CanBeLeftOut() @IsOneOf(sessionKinds) kind?: SessionKind;
  /** Plain or by language. */
  @CanBeLeftOut() @IsTitle() title?: GivenText;
  /** Plain or by language. */
  @CanBeRemoved() @IsOptionalTitle() subtitle?: GivenText | null;
  /** What it is about, plain or by language. */
  @CanBeRemoved() @IsText() abstract?: GivenText | null;
  /** A track's id. */
  @CanBeRemoved() @IsSlug() track?: string | null;
  /** The language spoken. */
  @CanBeRemoved() @IsLanguage() language?: string | null;
  /** The languages interpreted into. */
  @CanBeLeftOut() @AreLanguages(0) interpretation?: string[];
  /** Who may see it. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
  /** For organisers only. */
  @CanBeRemoved() @IsNote() notes?: string | null;
  /** References to what is outside, in their order. */
  @CanBeLeftOut() @AreParts(() => LinkRequest, mostLinks) links?: LinkRequest[];
}

/** When and where a session takes place. */
export class SlotRequest {
  /** A room's id; left out: the room is still open. */
  @CanBeLeftOut() @IsSlug() room?: string;
  /** To the minute: local by the convening's zone, or with an offset. */
  @IsTime() start!: string;
  /** Like `start`, and later. */
  @IsTime() end!: string;
}

/** A step inside a session. */
export class ItemRequest {
  /** Unique in the session. */
  @IsSlug() id!: string;
  /** Plain or by language. */
  @IsTitle() title!: GivenText;
  /** How long it takes. */
  @CanBeLeftOut() @IsCount(0, 10_080) minutes?: number;
  /** The id of one of the session's appearances: whose step it is. */
  @CanBeLeftOut() @IsSlug() appearance?: string;
  /** Who may see it; left out: everybody who sees the session. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
}

/** The whole running order, in its order. */
export class RunningOrderRequest {
  /** All steps, in their order. */
  @AreParts(() => ItemRequest, 200) items!: ItemRequest[];
}
