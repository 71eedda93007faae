import { CanBeLeftOut, IsAsOf } from './fields.js';
import { PageQuery } from './pages.requests.js';

/** As it is, or as it was. */
export class AsOfQuery {
  /** As of then: an instant with its offset, `rev:` and a revision, `version:` and a publication's label, or `version:latest`. Left out: as it is. */
  @CanBeLeftOut() @IsAsOf() asOf?: string;
}

/** Which part of a long list, as it is or as it was. */
export class PageAsOfQuery extends PageQuery {
  /** As of then: an instant with its offset, `rev:` and a revision, `version:` and a publication's label, or `version:latest`. Left out: as it is. */
  @CanBeLeftOut() @IsAsOf() asOf?: string;
}
