import { Injectable } from '@nestjs/common';
import { registrationStream } from './registration.events.js';
import { RegistrationReadModel } from './registration.projection.js';

/** Offers of a convening that are over. */
export interface Due {
  readonly convening: string;
  /** When the first of them was. */
  readonly first: string;
}

/** Which offers are due. */
@Injectable()
export class OffersQueries {
  constructor(private readonly readModel: RegistrationReadModel) {}

  /** By this instant (UTC with milliseconds), as far as it is known here: nothing yet while it is built. */
  due(now: string): readonly Due[] {
    if (!this.readModel.serving) return [];
    return this.readModel.read((rows) => rows.due(now)).map(({ stream, first }) => ({ convening: stream.slice(registrationStream('').length), first }));
  }
}
