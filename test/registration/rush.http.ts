import { describe, expect, it } from '@jest/globals';
import { application } from '../http/application.js';
import { form, prepared, registration, registrations } from './meeting.js';

const app = application();
/** `npm run bench registration-http` asks for a thousand, and for how long they wait. */
const [people, seats] = [300, 15];

describe('hundreds who press the button at once, for a few seats', () => {
  it('are all answered: as many seated as there are seats, the others waiting each at a place of their own, none twice', async () => {
    await prepared(app, { opens: '2013-01-01T00:00:00Z' }, { capacity: seats });
    const answers = await Promise.all(Array.from({ length: people }, (_, n) => app.asked('POST', registrations, form(`person${n}`))));
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([201]);
    expect(new Set(answers.map(({ body }) => body.code)).size).toBe(people);
    expect(answers.filter(({ body }) => body.status === 'seated')).toHaveLength(seats);
    const places = answers.flatMap(({ body }) => (body.status === 'waiting' ? [body.waitingPosition] : []));
    expect([...places].sort((one, other) => Number(one) - Number(other))).toEqual(Array.from({ length: people - seats }, (_, n) => n + 1));
    expect((await app.ask('GET', registration)).body).toMatchObject({ taken: seats, registered: people, categories: [{ waiting: people - seats }] });
  }, 120_000);
});
