import { ApiSchema } from '@nestjs/swagger';
import { AreParts, CanBeLeftOut, CanBeRemoved, IsCount, IsInstant, IsOneOf, IsSlug, IsTitle, IsYesOrNo } from '../http/fields.js';
import type { GivenText } from '../convening/texts.js';
import { approvals, type Approval } from './categories.events.js';
import { fieldKinds, placesTold, type FieldKind, type PlacesTold } from './terms.events.js';

const mostSeats = 10_000_000;
/** A year of hours. */
const longestOffer = 8_784;

/** The place of the registration for a convening in an address. */
export class RegistrationPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
}

/** The place of a category in an address. */
export class CategoryPath extends RegistrationPath {
  /** The category’s id. */
  @IsSlug() category!: string;
}

/** On what terms people register. */
export class PrepareRegistrationRequest {
  /** Seats in all, whatever the categories have; left out: as many as they have. */
  @CanBeLeftOut() @IsCount(0, mostSeats) capacity?: number;
  /** The instant from which the public may register; left out: not yet. */
  @CanBeLeftOut() @IsInstant() opens?: string;
  /** The instant from which the public may register no more; left out: not foreseen. */
  @CanBeLeftOut() @IsInstant() closes?: string;
  /** Hours within which a seat that became free is to be taken up by whom it is offered; left out: who moves up is seated at once. */
  @CanBeLeftOut() @IsCount(1, longestOffer) hoursToAccept?: number;
  /** How places left are told to the public: how many, only whether there are any, or not at all; left out: whether. */
  @CanBeLeftOut() @IsOneOf(placesTold) placesTold?: PlacesTold;
}

/** What is left out stays; null removes. */
export class ChangeRegistrationRequest {
  /** Seats in all, whatever the categories have. */
  @CanBeRemoved() @IsCount(0, mostSeats) capacity?: number | null;
  /** The instant from which the public may register. */
  @CanBeRemoved() @IsInstant() opens?: string | null;
  /** The instant from which the public may register no more. */
  @CanBeRemoved() @IsInstant() closes?: string | null;
  /** Hours within which a seat that became free is to be taken up by whom it is offered. */
  @CanBeRemoved() @IsCount(1, longestOffer) hoursToAccept?: number | null;
  /** How places left are told to the public: how many, only whether there are any, or not at all. */
  @CanBeLeftOut() @IsOneOf(placesTold) placesTold?: PlacesTold;
}

/** What can be chosen in a field. */
export class ChoiceRequest {
  /** Unique in its field; what an answer says. */
  @IsSlug() id!: string;
  /** What it is called, plain or by language. */
  @IsTitle() label!: GivenText;
}

/** A field of the form. */
export class FieldRequest {
  /** Unique in the form. */
  @IsSlug() id!: string;
  /** What it takes: text, one of some choices, a date, or consent. */
  @IsOneOf(fieldKinds) kind!: FieldKind;
  /** What it is called, plain or by language. */
  @IsTitle() label!: GivenText;
  /** Whether it must be answered; a consent, whether it must be given. Left out: it need not. */
  @CanBeLeftOut() @IsYesOrNo() required?: boolean;
  /** Of the kind `choice`, in their order. */
  @CanBeLeftOut() @AreParts(() => ChoiceRequest, 100) choices?: ChoiceRequest[];
}

/** What is asked beside name and contact: the whole form, in its order. */
export class FormRequest {
  /** In their order. */
  @AreParts(() => FieldRequest, 50) fields!: FieldRequest[];
}

/** What one can register as. */
export class AddCategoryRequest {
  /** Unique in the convening. */
  @IsSlug() id!: string;
  /** What it is called, plain or by language. */
  @IsTitle() name!: GivenText;
  /** Its seats; left out: as many as there are in all. */
  @CanBeLeftOut() @IsCount(0, mostSeats) capacity?: number;
  /** Whether the organisers look at each registration before it can have a seat; left out: automatic. */
  @CanBeLeftOut() @IsOneOf(approvals) approval?: Approval;
}

/** What is left out stays; null removes. */
export class ChangeCategoryRequest {
  /** What it is called, plain or by language. */
  @CanBeLeftOut() @IsTitle() name?: GivenText;
  /** Its seats. */
  @CanBeRemoved() @IsCount(0, mostSeats) capacity?: number | null;
  /** Whether the organisers look at each registration before it can have a seat. */
  @CanBeLeftOut() @IsOneOf(approvals) approval?: Approval;
}

/** Nobody registers in the category any more. */
export class CloseCategoryRequest {
  /** The category in which everybody is who stands in it; left out: they stay where they are. */
  @CanBeLeftOut() @IsSlug() into?: string;
}

/** The place of a session’s seats in an address. */
export class SessionSeatsPath extends RegistrationPath {
  /** The session’s id. */
  @IsSlug() session!: string;
}

/** How many seats a session has for those who sign up. */
export class SessionSeatsRequest {
  @IsCount(0, mostSeats) capacity!: number;
}

/** Nothing is to be said with it: an empty object, or no body at all. */
@ApiSchema({ description: 'Nothing is to be said with it.' })
export class NothingRequest {}
