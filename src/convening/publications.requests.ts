import { CanBeLeftOut, IsLabel, IsNumber, IsOneOf, IsSlug, IsText } from '../http/fields.js';
import { audiences, type Audience, type GivenText } from './texts.js';

/** The place of a publication in an address. */
export class PublicationPath {
  /** The convening’s id. */
  @IsSlug() convening!: string;
  /** The first has the number 1. */
  @IsNumber() number!: string;
}

/** A version of the agenda to publish. */
export class PublishAgendaRequest {
  /** Unique in the convening, for ever. */
  @IsLabel() label!: string;
  /** For whom it is; left out: for everybody. */
  @CanBeLeftOut() @IsOneOf(audiences) audience?: Audience;
  /** What is new, for readers, plain or by language. */
  @CanBeLeftOut() @IsText() note?: GivenText;
}
