// @ts-check
/** @typedef {import('./story.js').Step} Step */

const madeUp = 'Illustrative: no such meeting took place.';

/** A meeting that is made up: one day where the Arusha convening took two. */
const convening = {
  id: 'arusha-2014',
  title: { en: 'One year after Arusha (illustrative)' },
  description: { en: 'This meeting is made up. It shows how the next one is begun from the last: nobody was asked to it.' },
  start: '2014-05-26',
  end: '2014-05-26',
  zone: 'Africa/Dar_es_Salaam',
};

/** Where the draft of its agenda is. */
export const draft = `/convenings/${convening.id}/agenda`;

/**
 * The next meeting is begun from the last, and what is to be decided anew is told.
 * @param {any} data demo/arusha-2013.json
 * @returns {Step[]}
 */
export const followUp = ({ convening: { id: last } }) => {
  const at = `/convenings/${convening.id}`;
  /** What holds it or is warned of, by rule. @param {any[]} conflicts */
  const open = (conflicts) => {
    const rules = [...new Set(conflicts.map(({ rule }) => rule))];
    return rules.map((rule) => `${rule} (${conflicts.filter((each) => each.rule === rule).length})`).join(', ');
  };
  return [
    {
      on: '2014-02-03T09:00:00+03:00', tell: 'Made up: the next meeting is begun from the final version, on one day, with the same people proposed',
      play: async (o) => {
        const { unscheduled } = await o.ask('POST', '/convenings', { ...convening, from: { convening: last, asOf: 'version:final', appearances: 'proposed' } }, madeUp);
        return `to be scheduled anew, since it was on the second day: ${unscheduled.map((/** @type {any} */ { session }) => session).join(', ')}`;
      },
    },
    {
      on: '2014-02-03T09:30:00+03:00', tell: 'Two of them move to the afternoon at their former lengths; the programme is changed as one document',
      play: async (o) => {
        const programme = await o.read(`${at}/programme`);
        /** @param {string} start @param {string} end */
        const afternoon = (start, end) => ({ room: 'plenary-hall', start: `${convening.start}T${start}`, end: `${convening.start}T${end}` });
        const slots = new Map([['panel-2', afternoon('14:00', '15:30')], ['panel-3', afternoon('16:00', '17:45')]]);
        const sessions = programme.sessions.map((/** @type {any} */ session) => ({ ...session, ...(slots.has(session.id) && { slot: slots.get(session.id) }) }));
        const { changes } = await o.ask('PUT', `${at}/programme`, { ...programme, sessions }, madeUp);
        return changes.map((/** @type {any} */ { session, changes: [{ kind, what }] }) => `${session}: ${what} ${kind}`).join(', ');
      },
    },
    {
      on: '2014-02-03T10:00:00+03:00', tell: 'What is still to be decided for it is listed as conflicts',
      play: async (o) => {
        const { conflicts } = await o.read(`${at}/conflicts`);
        return open(conflicts);
      },
    },
  ];
};
