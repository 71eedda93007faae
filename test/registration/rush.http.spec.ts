import { describe, expect, it } from '@jest/globals';
import { application } from '../http/application.js';
import { form, prepared, registration, registrations } from './meeting.js';

const app = application();

describe('a thousand who press the button at once, for fifty seats', () => {
  it('are all answered: fifty seated, the others waiting each at a place of their own, none twice', async () => {
    await prepared(app, { opens: '2013-01-01T00:00:00Z' }, { capacity: 50 });
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, n) => app.asked('POST', registrations, form(`person${n}`))));
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([201]);
    expect(new Set(answers.map(({ body }) => body.code)).size).toBe(1_000);
    expect(answers.filter(({ body }) => body.status === 'seated')).toHaveLength(50);
    const places = answers.flatMap(({ body }) => (body.status === 'waiting' ? [body.waitingPosition] : []));
    expect([...places].sort((one, other) => Number(one) - Number(other))).toEqual(Array.from({ length: 950 }, (_, n) => n + 1));
    expect((await app.ask('GET', registration)).body).toMatchObject({ taken: 50, registered: 1_000, categories: [{ waiting: 950 }] });
  }, 120_000);
});
