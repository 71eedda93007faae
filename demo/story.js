// @ts-check
/** @typedef {import('./organiser.js').Organiser} Organiser */

/**
 * One step of the planning: when it happened, what is told of it, and what is asked. It may give sentences on how it went, a line each.
 * @typedef {{ on: string, tell: string, play: (organiser: Organiser) => Promise<string | void> }} Step
 */

const madeUp = 'Illustrative: the source tells how the meeting went, not how it was planned.';
const sourceNamesNone = 'The source names no moderator for this session, so the seat is left open.';

/**
 * The planning of the Arusha convening as it may have gone. Sessions and people are the source's; the steps are made up, and say so.
 * @param {any} data demo/arusha-2013.json
 * @returns {Step[]}
 */
export const story = ({ convening, rooms, sessions, attendance }) => {
  const at = `/convenings/${convening.id}`;
  /** @param {string} id */
  const session = (id) => sessions.find((/** @type {any} */ each) => each.id === id);
  /** @param {string} id */
  const plan = (id) => {
    const { slot: _, appearances: __, items: ___, ...details } = session(id);
    return /** @type {const} */ (['POST', `${at}/sessions`, details]);
  };
  /** @param {string} id @param {Partial<{ room: string, start: string, end: string }>} [but] */
  const schedule = (id, but) => /** @type {const} */ (['PUT', `${at}/sessions/${id}/slot`, { ...session(id).slot, ...but }, madeUp]);
  /** @param {string} sessionId @param {string} id */
  const seat = (sessionId, id) => session(sessionId).appearances.find((/** @type {any} */ each) => each.id === id);
  /** @param {Organiser} organiser @param {string} sessionId @param {string[]} [ids] */
  const propose = async (organiser, sessionId, ids = session(sessionId).appearances.map((/** @type {any} */ each) => each.id)) => {
    for (const id of ids) await organiser.ask('POST', `${at}/sessions/${sessionId}/appearances`, seat(sessionId, id));
  };
  /** @param {Organiser} organiser @param {string} sessionId @param {string[]} ids */
  const invite = async (organiser, sessionId, ids) => {
    for (const id of ids) await organiser.ask('POST', `${at}/sessions/${sessionId}/appearances/${id}/invitation`, { way: 'letter', answerBy: '2013-04-30T23:59:00+03:00' }, madeUp);
  };
  /** @param {Organiser} organiser @param {string} sessionId @param {string[]} ids @param {'email' | 'letter' | 'telephone'} way */
  const confirm = async (organiser, sessionId, ids, way = 'email') => {
    for (const id of ids) await organiser.ask('POST', `${at}/sessions/${sessionId}/appearances/${id}/confirmation`, { way }, madeUp);
  };

  return [
    { on: '2013-02-04T09:00:00+03:00', tell: 'The convening is planned: two days in Arusha', play: async (o) => void (await o.ask('POST', '/convenings', convening)) },
    {
      on: '2013-02-05T10:00:00+03:00', tell: 'Rooms are added',
      play: async (o) => { for (const room of rooms) await o.ask('POST', `${at}/rooms`, room, madeUp); },
    },
    {
      on: '2013-02-11T14:00:00+03:00', tell: 'The opening, three panels and the working group are planned',
      play: async (o) => { for (const { id } of sessions) await o.ask(...plan(id)); },
    },
    {
      on: '2013-02-12T09:30:00+03:00', tell: 'The opening and the first panel get their hours and room',
      play: async (o) => { for (const id of ['opening', 'panel-1']) await o.ask(...schedule(id)); },
    },
    {
      on: '2013-02-12T09:45:00+03:00', tell: 'The second panel is asked for at the same time in the same room',
      play: async (o) => {
        const [method, path, body, reason] = schedule('panel-2', { start: '2013-05-27T11:30', end: '2013-05-27T13:00' });
        const problem = await o.askInVain('room-taken', method, path, body, reason);
        await o.ask(...schedule('panel-2', { start: '2013-05-27T14:30', end: '2013-05-27T16:00' }));
        return `refused (${problem.code}: ${problem.about.by} is there), so it is put in the afternoon`;
      },
    },
    {
      on: '2013-02-12T10:00:00+03:00', tell: 'The third panel and the working group follow on the second day',
      play: async (o) => { for (const id of ['panel-3', 'working-group']) await o.ask(...schedule(id)); },
    },
    {
      on: '2013-03-01T11:00:00+03:00', tell: 'Speakers are proposed, two seats without a name yet',
      play: async (o) => {
        await propose(o, 'opening', ['mwangamila', 'schwartz']);
        const { credit: { organisation, kind } } = seat('opening', 'wesamba');
        await o.ask('POST', `${at}/sessions/opening/appearances`, { id: 'wesamba', role: 'speaker', credit: { organisation, kind } });
        await propose(o, 'opening', ['kacorzyk', 'chikawe']);
        for (const id of ['panel-1', 'panel-3']) await propose(o, id);
        await propose(o, 'panel-2', ['dieng']);
        const { credit: office } = seat('panel-2', 'arguin');
        await o.ask('POST', `${at}/sessions/panel-2/appearances`, { id: 'tribunal', role: 'panellist', credit: { organisation: office.organisation } }, madeUp);
      },
    },
    {
      on: '2013-03-01T11:30:00+03:00', tell: 'The opening gets its running order: four remarks',
      play: async (o) => void (await o.ask('PUT', `${at}/sessions/opening/items`, { items: session('opening').items })),
    },
    {
      on: '2013-03-04T09:00:00+03:00', tell: 'Invitations go out by letter, to be answered by 30 April',
      play: async (o) => {
        await invite(o, 'opening', ['mwangamila', 'schwartz', 'wesamba', 'kacorzyk', 'chikawe']);
        await invite(o, 'panel-1', ['waller', 'romanov', 'were', 'bubenzer']);
        await invite(o, 'panel-2', ['dieng', 'tribunal']);
        await invite(o, 'panel-3', ['deya', 'du-toit', 'edwin', 'serumaga', 'dolan', 'nkunda']);
      },
    },
    {
      on: '2013-03-15T16:00:00+03:00', tell: 'Most confirm within two weeks',
      play: async (o) => {
        await confirm(o, 'opening', ['mwangamila', 'schwartz', 'kacorzyk']);
        await confirm(o, 'panel-1', ['waller', 'were', 'bubenzer']);
        await confirm(o, 'panel-2', ['dieng']);
        await confirm(o, 'panel-3', ['deya', 'du-toit', 'edwin', 'serumaga', 'nkunda']);
      },
    },
    {
      on: '2013-04-09T10:00:00+03:00', tell: 'The United Nations office names Castro Wesamba for its seat, who confirms by telephone',
      play: async (o) => {
        const { person, credit } = seat('opening', 'wesamba');
        await o.ask('POST', `${at}/sessions/opening/appearances/wesamba/naming`, { person, credit }, madeUp);
        await confirm(o, 'opening', ['wesamba'], 'telephone');
      },
    },
    {
      on: '2013-04-16T09:00:00+03:00', tell: 'The tribunal’s seat is taken by a substitute, James Arguin',
      play: async (o) => {
        const { id, person, credit } = seat('panel-2', 'arguin');
        await o.ask('POST', `${at}/sessions/panel-2/appearances/tribunal/replacement`, { with: { id, person, credit } }, madeUp);
        await invite(o, 'panel-2', ['arguin']);
        await confirm(o, 'panel-2', ['arguin'], 'telephone');
      },
    },
    {
      on: '2013-04-24T15:00:00+03:00', tell: 'Late answers: the Minister’s office and a panellist of the first panel confirm',
      play: async (o) => {
        await confirm(o, 'opening', ['chikawe'], 'letter');
        await confirm(o, 'panel-1', ['romanov']);
      },
    },
    {
      on: '2013-05-02T09:00:00+03:00', tell: 'The agenda is to be published, and is held by conflicts',
      play: async (o) => {
        const problem = await o.askInVain('publication-held', 'POST', `${at}/publications`, { label: 'provisional' });
        for (const conflict of problem.about.conflicts) {
          await o.ask('POST', `${at}/conflicts/${encodeURIComponent(conflict.key)}/acceptance`, { reason: conflict.sessions.includes('working-group') ? 'The source names nobody for this session, so its seats are left open.' : sourceNamesNone });
        }
        return `held by ${problem.about.conflicts.map((/** @type {any} */ { key }) => key).join(', ')}: accepted, since the source names none`;
      },
    },
    {
      on: '2013-05-02T09:20:00+03:00', tell: 'The agenda is published for the first time: “provisional”',
      play: async (o) => void (await o.ask('POST', `${at}/publications`, { label: 'provisional', note: { en: 'First version; one panellist is still to confirm.' } })),
    },
    {
      on: '2013-05-10T11:00:00+03:00', tell: 'Adama Dieng cannot be there on the first afternoon',
      play: async (o) => {
        const { person } = seat('panel-2', 'dieng');
        await o.ask('PUT', `${at}/availability/${person}`, { unavailable: [{ start: '2013-05-27T13:00+03:00', end: '2013-05-27T20:00+03:00' }] }, madeUp);
        const problem = await o.askInVain('publication-held', 'POST', `${at}/publications`, { label: 'final' });
        return `a new version would be held by ${problem.about.conflicts.map((/** @type {any} */ { key }) => key).join(', ')}`;
      },
    },
    {
      on: '2013-05-10T15:00:00+03:00', tell: 'The second panel moves to the second morning, and its panellists confirm anew',
      play: async (o) => {
        await o.ask(...schedule('panel-2'));
        await confirm(o, 'panel-2', ['dieng', 'arguin'], 'telephone');
      },
    },
    {
      on: '2013-05-20T10:00:00+03:00', tell: 'The last panellist, Chris Dolan, confirms',
      play: async (o) => confirm(o, 'panel-3', ['dolan']),
    },
    {
      on: '2013-05-24T17:00:00+03:00', tell: 'The agenda is published for the second time: “final”',
      play: async (o) => {
        const { conflicts } = await o.read(`${at}/conflicts`);
        await o.ask('POST', `${at}/publications`, { label: 'final', note: { en: 'The second panel is now on the second morning.' } });
        const open = conflicts.filter((/** @type {any} */ { accepted }) => !accepted).map((/** @type {any} */ { key }) => key);
        return open.length ? `warnings left: ${open.join(', ')}` : 'no conflict is left open';
      },
    },
    {
      on: '2013-05-28T17:00:00+03:00', tell: 'The convening is over; who appeared is recorded',
      play: async (o) => {
        for (const { id, appearances } of sessions)
          for (const { id: appearance } of appearances) await o.ask('POST', `${at}/sessions/${id}/appearances/${appearance}/attendance`, { to: 'appeared' });
        await o.ask('POST', `${at}/conclusion`, {});
      },
    },
    {
      on: '2013-06-11T12:00:00-04:00', tell: `Attendance as reported: ${attendance.participants} participants of ${attendance.countries} countries`,
      play: async (o) => void (await o.ask('POST', `${at}/conclusion`, { attendance }, 'The press release of 11 June 2013 reports the attendance.')),
    },
  ];
};
