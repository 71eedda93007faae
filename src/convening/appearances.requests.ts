import { roles, type Role } from './appearances.events.js';
import { CanBeLeftOut, CanBeRemoved, IsCountry, IsLine, IsNote, IsOneOf, IsOptionalTitle, IsPart, IsPerson, IsSlug, IsTitle, IsWithheld } from '../http/fields.js';
import { organisationKinds, type GivenText, type OrganisationKind } from './texts.js';

/** The place of an appearance in an address. */
export class AppearancePath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
  /** The session’s id. */
  @IsSlug() session!: string;
  /** The appearance’s id. */
  @IsSlug() appearance!: string;
}

/** What is printed: of a person, as given for this appearance, or of an office while nobody is named (then without what only a person has). */
export class CreditRequest {
  /** "Dr.", "H.E." */
  @CanBeLeftOut() @IsLine() honorific?: string;
  /** As it is printed; needed once somebody is named. */
  @CanBeLeftOut() @IsLine() name?: string;
  /** What lists are sorted by: "Du Toit"; left out: the name. */
  @CanBeLeftOut() @IsLine() sortName?: string;
  /** Plain or by language. */
  @CanBeLeftOut() @IsOptionalTitle() position?: GivenText;
  /** Plain or by language. */
  @CanBeLeftOut() @IsOptionalTitle() organisation?: GivenText;
  /** The organisation's kind. */
  @CanBeLeftOut() @IsOneOf(organisationKinds) kind?: OrganisationKind;
  /** The country represented, ISO 3166-1 alpha-2; staff of the UN and of IGOs have none. */
  @CanBeLeftOut() @IsCountry() country?: string;
  /** Prints instead of the role: "Guest of honour". */
  @CanBeLeftOut() @IsOptionalTitle() label?: GivenText;
  /** The credit is left as it is; nothing stands beside it. */
  @CanBeLeftOut() @IsWithheld() withheld?: true;
}

/** A seat in a session. */
export class ProposeAppearanceRequest {
  /** Unique in the session; left out: one is made. */
  @CanBeLeftOut() @IsSlug() id?: string;
  /** As what. */
  @IsOneOf(roles) role!: Role;
  /** Who appears; left out while nobody is named: the seat is then that of the office in `credit`. */
  @CanBeLeftOut() @IsPerson() person?: string;
  /** What is printed. */
  @CanBeLeftOut() @IsPart(() => CreditRequest) credit?: CreditRequest;
  /** Whom the person speaks for, plain or by language. */
  @CanBeLeftOut() @IsTitle() represents?: GivenText;
  /** For organisers only. */
  @CanBeLeftOut() @IsNote() note?: string;
}

/** What is left out stays; a credit is given whole; null: it represents nobody. */
export class ChangeAppearanceRequest {
  /** As what. */
  @CanBeLeftOut() @IsOneOf(roles) role?: Role;
  /** What is printed. */
  @CanBeLeftOut() @IsPart(() => CreditRequest) credit?: CreditRequest;
  /** Whom the person speaks for, plain or by language. */
  @CanBeRemoved() @IsTitle() represents?: GivenText | null;
}

/** The seat that stands in another's place. */
export class ReplacingSeatRequest {
  /** Unique in the session; left out: one is made. */
  @CanBeLeftOut() @IsSlug() id?: string;
  /** Left out: that of the seat in whose place it stands. */
  @CanBeLeftOut() @IsOneOf(roles) role?: Role;
  /** Who appears; left out while nobody is named. */
  @CanBeLeftOut() @IsPerson() person?: string;
  /** What is printed. */
  @CanBeLeftOut() @IsPart(() => CreditRequest) credit?: CreditRequest;
  /** Whom the person speaks for, plain or by language. */
  @CanBeLeftOut() @IsTitle() represents?: GivenText;
}
