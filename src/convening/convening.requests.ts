import { ApiSchema } from '@nestjs/swagger';
import { AreLanguages, AreParts, CanBeLeftOut, CanBeRemoved, IsAsOf, IsCount, IsCountry, IsDay, IsLine, IsOneOf, IsOptionalTitle, IsPart, IsSlug, IsText, IsTitle } from '../http/fields.js';
import { LinkRequest, mostLinks } from './links.requests.js';
import { PolicyRequest } from './policy.requests.js';
import { organisationKinds, type GivenText, type OrganisationKind } from './texts.js';

/** The place of a convening in an address. */
export class ConveningPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
}

/** Where it is held. */
export class VenueRequest {
  /** What it is called, plain or by language. */
  @IsTitle() name!: GivenText;
  /** Street and number, plain or by language. */
  @CanBeLeftOut() @IsText() address?: GivenText;
  /** The town it is in. */
  @CanBeLeftOut() @IsLine() city?: string;
  /** ISO 3166-1 alpha-2. */
  @CanBeLeftOut() @IsCountry() country?: string;
}

/** Who holds it. */
export class OrganiserRequest {
  /** The organisation's name, plain or by language. */
  @IsTitle() name!: GivenText;
  /** As it is abbreviated: "AIPR". */
  @CanBeLeftOut() @IsLine() shortName?: string;
  /** What kind of organisation it is. */
  @CanBeLeftOut() @IsOneOf(organisationKinds) kind?: OrganisationKind;
  /** The country represented, ISO 3166-1 alpha-2. */
  @CanBeLeftOut() @IsCountry() country?: string;
  /** `organiser`, `co-organiser`, `host`, `sponsor`, … as the organisers call it. */
  @CanBeLeftOut() @IsLine() role?: string;
}

/** The convening to start from. */
export class OriginRequest {
  /** Its id. */
  @IsSlug() convening!: string;
  /** As it was when: `version:final`, `version:latest`, `rev:211`, or an instant with an offset. Left out: as it is. */
  @CanBeLeftOut() @IsAsOf() asOf?: string;
  /** `proposed`: whoever was still to appear or did is proposed here too. Left out: nobody is. */
  @CanBeLeftOut() @IsOneOf(['proposed']) appearances?: 'proposed';
}

/** A convening to plan. */
export class PlanConveningRequest {
  /** Chosen once, for ever. */
  @IsSlug() id!: string;
  /** Plain (in the first of `languages`) or by language. */
  @IsTitle() title!: GivenText;
  /** Plain or by language. */
  @CanBeLeftOut() @IsOptionalTitle() subtitle?: GivenText;
  /** What it is about, plain or by language. */
  @CanBeLeftOut() @IsText() description?: GivenText;
  /** The first day, a local date. */
  @IsDay() start!: string;
  /** The last day, included. */
  @IsDay() end!: string;
  /** The time zone of its venue, by its IANA name: `Africa/Dar_es_Salaam`. */
  @IsLine() zone!: string;
  /** BCP 47 tags; the first is the language of plain strings. Left out: English. */
  @CanBeLeftOut() @AreLanguages(1) languages?: string[];
  /** Where it is held. */
  @CanBeLeftOut() @IsPart(() => VenueRequest) venue?: VenueRequest;
  /** How many people it is planned for. */
  @CanBeLeftOut() @IsCount(0, 10_000_000) capacity?: number;
  /** Who holds it, in the order in which they are printed. */
  @CanBeLeftOut() @AreParts(() => OrganiserRequest, 100) organisers?: OrganiserRequest[];
  /** References to what is outside, in their order. */
  @CanBeLeftOut() @AreParts(() => LinkRequest, mostLinks) links?: LinkRequest[];
  /** How the rules are applied. */
  @CanBeLeftOut() @IsPart(() => PolicyRequest) policy?: PolicyRequest;
  /**
   * Start from another convening: its rooms, tracks, sessions and their running order are taken over, each on its day and at its hour on the
   * door, and what is left out of `languages`, `organisers` and `policy` is as it is there.
   */
  @CanBeLeftOut() @IsPart(() => OriginRequest) from?: OriginRequest;
}

/** What is left out stays; null removes. Lists are given whole. */
export class ChangeConveningRequest {
  /** Plain or by language. */
  @CanBeLeftOut() @IsTitle() title?: GivenText;
  /** Plain or by language. */
  @CanBeRemoved() @IsOptionalTitle() subtitle?: GivenText | null;
  /** What it is about, plain or by language. */
  @CanBeRemoved() @IsText() description?: GivenText | null;
  /** The first day, a local date. */
  @CanBeLeftOut() @IsDay() start?: string;
  /** The last day, included. */
  @CanBeLeftOut() @IsDay() end?: string;
  /** Another time zone: sessions keep their hours on the door. */
  @CanBeLeftOut() @IsLine() zone?: string;
  /** BCP 47 tags; the first is the language of plain strings. */
  @CanBeLeftOut() @AreLanguages(1) languages?: string[];
  /** Where it is held. */
  @CanBeRemoved() @IsPart(() => VenueRequest) venue?: VenueRequest | null;
  /** How many people it is planned for. */
  @CanBeRemoved() @IsCount(0, 10_000_000) capacity?: number | null;
  /** Who holds it, in the order in which they are printed. */
  @CanBeLeftOut() @AreParts(() => OrganiserRequest, 100) organisers?: OrganiserRequest[];
  /** References to what is outside, in their order. */
  @CanBeLeftOut() @AreParts(() => LinkRequest, mostLinks) links?: LinkRequest[];
  /** How the rules are applied. */
  @CanBeLeftOut() @IsPart(() => PolicyRequest) policy?: PolicyRequest;
}

/** Attendance as reported. */
export class AttendanceRequest {
  /** How many people took part. */
  @CanBeLeftOut() @IsCount(0, 10_000_000) participants?: number;
  /** From how many countries. */
  @CanBeLeftOut() @IsCount(0, 1_000) countries?: number;
  /** Where the figures are from: a title, an address. */
  @CanBeLeftOut() @IsLine() source?: string;
}

/** The meeting is over. */
export class ConcludeConveningRequest {
  /** Attendance as reported; may come later. */
  @CanBeLeftOut() @IsPart(() => AttendanceRequest) attendance?: AttendanceRequest;
}

/** Nothing is to be said with it: an empty object, or no body at all. */
@ApiSchema({ description: 'Nothing is to be said with it.' })
export class EmptyRequest {}
