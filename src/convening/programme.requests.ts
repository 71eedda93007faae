import { AreLanguages, AreParts, CanBeLeftOut, IsLanguage, IsNoteOrWithheld, IsOneOf, IsOptionalTitle, IsPart, IsPerson, IsSlug, IsText, IsTitle, IsYesOrNo } from '../http/fields.js';
import { appearanceStates, roles, type AppearanceState, type Role } from './appearances.events.js';
import { CreditRequest } from './appearances.requests.js';
import { LinkRequest, mostLinks } from './links.requests.js';
import { AddRoomRequest } from './rooms.requests.js';
import { ItemRequest, SlotRequest } from './sessions.requests.js';
import { sessionKinds, type SessionKind } from './sessions.events.js';
import { audiences, type Audience, type GivenText } from './texts.js';
import { AddTrackRequest } from './tracks.requests.js';

/** Whether to change the programme, or only to tell what would change. */
export class ProgrammeQuery {
  /** `true`: nothing is written, and the answer tells what would change. */
  @CanBeLeftOut() @IsOneOf(['true', 'false']) dryRun?: 'true' | 'false';
}

/** A seat in a session of the programme. */
export class ProgrammeAppearanceRequest {
  /** Unique in the session; left out: the seat of this person (or this office) in this role, else a new one. */
  @CanBeLeftOut() @IsSlug() id?: string;
  /** Who appears; left out while nobody is named: the seat is then that of the office in `credit`. */
  @CanBeLeftOut() @IsPerson() person?: string;
  /** What the person does in the session. */
  @IsOneOf(roles) role!: Role;
  /** Left out: as it is, `proposed` of a new seat. Given: recorded on the person's behalf. */
  @CanBeLeftOut() @IsOneOf(appearanceStates) state?: AppearanceState;
  /** Whom the person speaks for, plain or by language. */
  @CanBeLeftOut() @IsTitle() represents?: GivenText;
  /** What is printed. */
  @CanBeLeftOut() @IsPart(() => CreditRequest) credit?: CreditRequest;
}

/** A session of the programme with all it has. What is left out is none. */
export class ProgrammeSessionRequest {
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
  /** The id of one of `tracks`. */
  @CanBeLeftOut() @IsSlug() track?: string;
  /** The language spoken. */
  @CanBeLeftOut() @IsLanguage() language?: string;
  /** The languages interpreted into. */
  @CanBeLeftOut() @AreLanguages(0) interpretation?: string[];
  /** Who may see it; left out: everybody. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
  /** For organisers only. */
  @CanBeLeftOut() @IsNoteOrWithheld() notes?: string | { withheld: true };
  /** When and where; its room is one of `rooms`. Left out: unscheduled. */
  @CanBeLeftOut() @IsPart(() => SlotRequest) slot?: SlotRequest;
  /** The running order, in its order. */
  @CanBeLeftOut() @AreParts(() => ItemRequest, 200) items?: ItemRequest[];
  /** Who appears, in the order in which they are printed. */
  @CanBeLeftOut() @AreParts(() => ProgrammeAppearanceRequest, 500) appearances?: ProgrammeAppearanceRequest[];
  /** References to something outside. */
  @CanBeLeftOut() @AreParts(() => LinkRequest, mostLinks) links?: LinkRequest[];
  /** Whether it does not take place; left out: it does. */
  @CanBeLeftOut() @IsYesOrNo() cancelled?: boolean;
}

/** The whole programme. What it does not name is removed; what was published, or somebody was invited to, is cancelled instead. */
export class ProgrammeRequest {
  /** Whose programme it is, so that it cannot be sent to another convening. */
  @CanBeLeftOut() @IsSlug() convening?: string;
  /** The rooms, in order; left out: none. */
  @CanBeLeftOut() @AreParts(() => AddRoomRequest, 2_000) rooms?: AddRoomRequest[];
  /** The tracks, in order; left out: none. */
  @CanBeLeftOut() @AreParts(() => AddTrackRequest, 2_000) tracks?: AddTrackRequest[];
  /** The sessions, in programme order. */
  @AreParts(() => ProgrammeSessionRequest, 10_000) sessions!: ProgrammeSessionRequest[];
}
