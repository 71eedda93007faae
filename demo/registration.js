// @ts-check
import { OffScript } from './organiser.js';
/** @typedef {import('./organiser.js').Organiser} Organiser */
/** @typedef {import('./story.js').Step} Step */

const madeUp = 'Illustrative: the source names none of those who came but the speakers.';
/** @param {any} credit As a form asks for it. */
const formOf = ({ name, sortName, organisation, kind, country }) => ({
  name: { given: name.slice(0, -sortName.length).trim(), family: sortName }, organisation: organisation?.en, kind, country,
});

/**
 * How eighty people of twenty-two countries may have come to be registered and checked in. How many came is the source's, and so are the speakers; all else is made up.
 * @param {any} data demo/arusha-2013.json
 * @returns {Step[]}
 */
export const registration = ({ convening, sessions, registration: { terms, categories, form, delegations, press }, attendance }) => {
  const at = `/convenings/${convening.id}`;
  const list = `${at}/registrations`;
  const [first, second] = [convening.start, convening.end];
  /** Codes, of who is to come. @type {string[]} */
  const coming = [];
  /** @type {string[]} */
  const waiting = [];
  /** @type {string[]} */
  const journalists = [];
  /** @param {Organiser} o @param {string} code @param {string} step @param {object} [body] */
  const ask = (o, code, step, body) => o.ask('POST', `${list}/${code}/${step}`, body, madeUp);
  /** At several desks. @param {Organiser} o @param {readonly string[]} codes */
  const checkIn = (o, codes) => Promise.all(codes.map((code) => ask(o, code, 'check-ins')));
  /** @param {string} code @param {string} [instead] */
  const notComing = (code, instead) => void coming.splice(coming.indexOf(code), 1, ...(instead ? [instead] : []));
  const speakers = sessions.flatMap((/** @type {any} */ { appearances }) => appearances);
  let number = 0;
  /** @param {string} category @param {{ kind: string, country: string, organisation: string }} of */
  const madeUpPerson = (category, of) => {
    const n = String(++number).padStart(2, '0');
    return { category, name: { given: 'Illustrative', family: `Participant ${n}` }, email: `participant-${n}@example.org`, ...of, answers: { diet: number % 3 === 0 ? 'vegetarian' : 'all' } };
  };

  return [
    {
      on: '2013-03-11T09:00:00+03:00', tell: 'Registration is prepared: eighty seats, for participants, speakers and press; who is offered a seat has three days',
      play: async (o) => {
        await o.ask('POST', `${at}/registration`, terms, madeUp);
        for (const category of categories) await o.ask('POST', `${at}/registration/categories`, category, madeUp);
        await o.ask('PUT', `${at}/registration/form`, { fields: form }, madeUp);
      },
    },
    {
      on: '2013-03-18T09:00:00+03:00', tell: 'Registration opens; delegations of twenty-two countries come, each at once, until it is full and the last wait',
      play: async (o) => {
        await o.ask('POST', `${at}/registration/opening`);
        for (const { country, kinds } of delegations) {
          const members = kinds.map((/** @type {any} */ { kind, organisation }) => madeUpPerson('participant', { kind, organisation, country }));
          for (const { code, status } of (await o.askAsAnybody('POST', list, { members })).registrations) (status === 'seated' ? coming : waiting).push(code);
        }
        for (const of of press) journalists.push((await o.askAsAnybody('POST', list, madeUpPerson('press', of))).code);
        const { categories: open } = JSON.parse(await o.readAsAnybody(`${at}/registration`));
        return `${coming.length} have seats, ${waiting.length} wait, ${journalists.length} of the press are to be approved; seats left for participants: ${open[0].placesLeft}`;
      },
    },
    {
      on: '2013-04-02T10:00:00+03:00', tell: 'Three of the press are approved, and one is refused',
      play: async (o) => {
        for (const code of journalists.slice(0, 3)) await ask(o, code, 'approval');
        coming.push(...journalists.slice(0, 3));
        await ask(o, String(journalists[3]), 'refusal');
      },
    },
    {
      on: '2013-05-13T09:00:00+03:00', tell: 'Three cannot come: their seats are offered to who waited longest, and two accept; a fourth sends a colleague',
      play: async (o) => {
        for (const code of [3, 13, 29].map((index) => String(coming[index]))) {
          await ask(o, code, 'withdrawal');
          notComing(code);
        }
        for (const code of waiting.splice(0, 2)) {
          await ask(o, code, 'acceptance');
          coming.push(code);
        }
        const [absent] = coming;
        const { name, email, organisation, kind, country, answers } = madeUpPerson('participant', { ...delegations[0].kinds[0], country: delegations[0].country });
        const { code } = await ask(o, String(absent), 'substitution', { with: { name, email, organisation, kind, country, answers } });
        notComing(String(absent), code);
      },
    },
    {
      on: '2013-05-16T09:00:00+03:00', tell: 'The third offer has lapsed, so the seat goes to who waits next',
      play: async (o) => {
        const [late, next] = waiting.splice(0, 2);
        await ask(o, String(next), 'acceptance');
        coming.push(String(next));
        const { code } = await o.askInVain('offer-lapsed', 'POST', `${list}/${late}/acceptance`);
        return `refused (${code}) to who answered too late`;
      },
    },
    {
      on: '2013-05-21T09:00:00+03:00', tell: 'The speakers are registered by the organisers, as the people they are in the programme: nobody is registered twice',
      play: async (o) => {
        for (const { person, credit } of speakers) coming.push((await o.ask('POST', list, { category: 'speaker', person, ...formOf(credit) })).code);
        const [{ person, credit }] = speakers;
        const { code } = await o.askInVain('registered-already', 'POST', list, { category: 'speaker', person, ...formOf(credit) });
        await o.ask('POST', `${at}/registration/closing`);
        return `${speakers.length} speakers, ${coming.length} people in all; once more is refused (${code})`;
      },
    },
    {
      on: `${first}T08:15:00+03:00`, tell: 'The first day: people are checked in by their codes at several desks',
      play: async (o) => {
        const here = coming.slice(5, -1);
        await checkIn(o, here);
        const { code } = await o.askInVain('checked-in-already', 'POST', `${list}/${here[0]}/check-ins`);
        // The wrong badge was taken, so another person is here.
        await o.ask('DELETE', `${list}/${here[1]}/check-ins/${first}`, undefined, madeUp);
        await checkIn(o, [String(coming[4])]);
        return `${here.length} are here; at a second desk one of them is refused (${code})`;
      },
    },
    {
      on: `${first}T12:00:00+03:00`, tell: 'One did not come: the seat goes to who still waits',
      play: async (o) => {
        const [next] = waiting.splice(0, 1);
        await ask(o, String(coming[0]), 'no-show');
        await ask(o, String(next), 'acceptance');
        notComing(String(coming[0]), next);
      },
    },
    {
      on: `${second}T08:15:00+03:00`, tell: 'The second day: who came late is checked in too',
      play: async (o) => {
        await checkIn(o, coming.filter((_, index) => index % 20 !== 9));
        const { registrations } = await o.read(`${list}?status=seated&limit=500`);
        const came = registrations.filter((/** @type {any} */ { checkedIn }) => checkedIn.length > 0);
        const countries = new Set(came.flatMap((/** @type {any} */ { country }) => country ?? []));
        if (came.length !== attendance.participants || countries.size !== attendance.countries) throw new OffScript(`${came.length} people of ${countries.size} countries came`);
        return `${came.length} people of ${countries.size} countries were here, as many as the source reports; ${waiting.length} went on waiting`;
      },
    },
  ];
};

/** The lists that are written, by the names of their files. @param {any} data demo/arusha-2013.json */
export const lists = ({ convening: { id, start, end } }) => {
  const at = `/convenings/${id}/registrations`;
  return { 'participants.csv': `${at}/participants.csv`, 'waiting.csv': `${at}/waiting.csv`, [`present-${start}.csv`]: `${at}/present.csv?day=${start}`, [`present-${end}.csv`]: `${at}/present.csv?day=${end}`, 'registered.json': `${at}/counts` };
};
