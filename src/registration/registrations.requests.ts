import { ApiSchema } from '@nestjs/swagger';
import { AreAnswers, AreParts, CanBeLeftOut, IsCountry, IsDay, IsEmail, IsIdOrCode, IsLanguage, IsLine, IsOneOf, IsPart, IsPerson, IsSlug } from '../http/fields.js';
import { organisationKinds, type OrganisationKind } from '../convening/texts.js';
import { RegistrationPath } from './registration.requests.js';
import type { Answers } from './registrations.events.js';

/** So many may come with one request. */
export const mostTogether = 100;

/** The place of one registration in an address. */
export class OneRegistrationPath extends RegistrationPath {
  /** Its id, or its code as it is typed. */
  @IsIdOrCode() registration!: string;
}

/** The place of a day on which somebody is here. */
export class CheckInPath extends OneRegistrationPath {
  /** A local date. */
  @IsDay() day!: string;
}

/** The place of a registration’s seat in a session. */
export class SessionSeatPath extends OneRegistrationPath {
  /** The session’s id. */
  @IsSlug() session!: string;
}

/** A name in its parts, as its person writes it. */
export class PersonNameRequest {
  /** Its first part; left out by who has one name only. */
  @CanBeLeftOut() @IsLine() given?: string;
  /** By which lists are sorted. */
  @IsLine() family!: string;
}

/** What somebody fills in beside the name. */
class ContactRequest {
  /** By which a person is told from another; who registers without a token must give it. */
  @CanBeLeftOut() @IsEmail() email?: string;
  /** For whom the person comes. */
  @CanBeLeftOut() @IsLine() organisation?: string;
  /** What kind of organisation it is. */
  @CanBeLeftOut() @IsOneOf(organisationKinds) kind?: OrganisationKind;
  /** The country represented, ISO 3166-1 alpha-2. */
  @CanBeLeftOut() @IsCountry() country?: string;
  /** In which the person is written to. */
  @CanBeLeftOut() @IsLanguage() language?: string;
  /** By the ids of the form’s fields. */
  @CanBeLeftOut() @AreAnswers() answers?: Answers;
  /** With the operator’s token: who it is, if the person is known; left out, it is somebody new. */
  @CanBeLeftOut() @IsPerson() person?: string;
}

/** One of those who come together. */
export class MemberRequest extends ContactRequest {
  /** What the person registers as. */
  @IsSlug() category!: string;
  /** The person’s name. */
  @IsPart(() => PersonNameRequest) name!: PersonNameRequest;
}

/** One person, or `members` and nothing beside it: a group, of whom all are registered or nobody. */
@ApiSchema({ description: 'One person; or `members` and nothing beside it: a group, of whom all are registered or nobody.' })
export class RegisterRequest extends ContactRequest {
  /** Of one person, what they register as. */
  @CanBeLeftOut() @IsSlug() category?: string;
  /** Of one person, their name. */
  @CanBeLeftOut() @IsPart(() => PersonNameRequest) name?: PersonNameRequest;
  /** Those who come together: their category, name and so on. */
  @CanBeLeftOut() @AreParts(() => MemberRequest, mostTogether) members?: MemberRequest[];
}

/** Who comes in somebody’s place, in the same category. */
export class SubstituteEntryRequest extends ContactRequest {
  /** The person’s name. */
  @IsPart(() => PersonNameRequest) name!: PersonNameRequest;
}

/** Another person comes instead. */
export class SubstituteRequest {
  /** Who comes. */
  @IsPart(() => SubstituteEntryRequest) with!: SubstituteEntryRequest;
}

/** Of another category. */
export class RecategoriseRequest {
  /** The category’s id. */
  @IsSlug() category!: string;
}

/** The person is here. */
export class CheckInRequest {
  /** A day of the meeting, no later than today; left out: today, where it takes place. */
  @CanBeLeftOut() @IsDay() day?: string;
}
