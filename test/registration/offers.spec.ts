import { describe, expect, it } from '@jest/globals';
import { FactReader } from '../../src/event-store/codec.js';
import { newId } from '../../src/event-store/new-id.js';
import { openDatabase } from '../../src/event-store/sqlite/database.js';
import { offersProjection } from '../../src/registration/offers.projection.js';
import { registrationCatalogue, registrationStream, type RegistrationEvent } from '../../src/registration/registration.events.js';
import { accepted, checkedIn, lapsed, offered, opened, participants, refused, seated, substituted, waiting, withdrawn } from './desk.js';

const stream = registrationStream('arusha-2013');
const [noon, evening] = ['2013-03-02T12:00:00.000Z', '2013-03-02T18:00:00.000Z'];
const codec = new FactReader<RegistrationEvent>(registrationCatalogue);

/** Until when the first offer is kept that is over by then. */
const due = (now: string, ...events: readonly RegistrationEvent[]): string | undefined => {
  const database = openDatabase(':memory:');
  const projection = offersProjection(codec);
  projection.create(database);
  const projector = projection.open(database, ':memory:');
  for (const [revision, { type, data }] of events.entries()) {
    projector.apply({ stream, revision, position: BigInt(revision + 1), id: newId(), type, data: JSON.stringify(data), metadata: JSON.stringify({ at: '2013-03-01T09:00:00.000Z', schema: 1 }) });
    projector.write(stream);
  }
  const [first] = projector.due(now);
  database.close();
  return first?.first;
};

describe('an offer', () => {
  const made = [opened({ hoursToAccept: 24 }), participants(1), seated('amina'), waiting('paul'), waiting('zawadi'), withdrawn('amina', 'seated'), offered(noon, 'paul'), checkedIn('juma'), seated('grace'), offered(evening, 'zawadi')] as const;

  it('is due when its time has come, the first of several first', () => {
    expect([due('2013-03-02T11:59:59.999Z', ...made), due(noon, ...made), due(evening, ...made)]).toEqual([undefined, noon, noon]);
  });

  it.each([['withdrew', withdrawn('paul', 'offered')], ['was refused', refused('paul', 'offered')], ['took it up', accepted('paul')], ['did not take it up, as was recorded', lapsed('paul')]] as const)('is due no more of who %s', (_, event) => {
    expect([due(noon, ...made, event), due(evening, ...made, event)]).toEqual([undefined, evening]);
  });

  it('is kept for who comes instead', () => {
    expect([due(noon, ...made, substituted('paul', 'peter')), due(evening, ...made, substituted('paul', 'peter'), accepted('peter')), due(noon, ...made, substituted('paul', 'peter'), accepted('paul'))]).toEqual([noon, evening, noon]);
  });
});
