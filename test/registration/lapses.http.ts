import { expect, it } from '@jest/globals';
import { application } from '../http/application.js';
import { done, form, prepared, registration, registrations } from './meeting.js';

const app = application();
/** Asks until it is so: what happens by itself happens within a second or so. */
const status = async (code: string, wanted: string) => {
  const until = Date.now() + 20_000;
  for (;;) {
    const { body } = await app.ask('GET', `${registrations}/${code}`);
    if (body.status === wanted || Date.now() > until) return body.status;
  }
};
const come = async (name: string) => String((await done(app, 'POST', registrations, form(name))).body.code);

it('a seat that is not taken up in time goes to who waits next, though nobody asks; after a restart too', async () => {
  await prepared(app, { hoursToAccept: 24 }, { capacity: 1 });
  const [amina, paul, zawadi, grace] = [await come('amina'), await come('paul'), await come('zawadi'), await come('grace')];
  await done(app, 'POST', `${registrations}/${amina}/withdrawal`);
  app.clock.set('2013-03-02T07:59:59.999Z');
  expect((await app.ask('GET', `${registrations}/${paul}`)).body).toMatchObject({ status: 'offered', offeredUntil: '2013-03-02T08:00:00.000Z' });
  app.clock.set('2013-03-02T08:00:00Z');
  expect(await status(paul, 'lapsed')).toBe('lapsed');
  expect((await app.ask('GET', `${registrations}/${zawadi}`)).body).toMatchObject({ status: 'offered', offeredUntil: '2013-03-03T08:00:00.000Z' });
  await done(app, 'POST', `${registrations}/${zawadi}/substitution`, { with: { name: { family: 'Moyo' } } });
  app.clock.set('2013-03-03T08:00:00Z');
  await app.restart();
  expect(await status(grace, 'offered')).toBe('offered');
  // Taken up in time, it does not lapse: the revision stays.
  await done(app, 'POST', `${registrations}/${grace}/acceptance`);
  const { revision } = (await app.ask('GET', registration)).body;
  app.clock.set('2013-03-09T08:00:00Z');
  await app.restart();
  expect((await app.ask('GET', registration)).body).toMatchObject({ revision, taken: 1 });
});
