// @ts-check
import { OffScript } from './organiser.js';
/** @typedef {import('./story.js').Step} Step */

/** The evening before the second publication. */
const eve = encodeURIComponent('2013-05-23T20:00:00+03:00');
/** The fact that makes a session what a word of the difference says. @type {Record<string, string>} */
const factBehind = { time: 'SessionMoved', people: 'AppearanceConfirmed' };
const minute = (/** @type {string} */ instant) => instant.slice(0, 16).replace('T', ' ');

/**
 * What somebody asks who was not there: what was said, what has changed, who did it, and whether all of it can be believed.
 * @param {any} data demo/arusha-2013.json
 * @param {(line: string) => Promise<string>} verify is the log whole, and does what this line names still stand? Sentences, a line each.
 * @returns {Step[]}
 */
export const lookingBack = ({ convening }, verify) => {
  const at = `/convenings/${convening.id}`;
  /** What the public was shown that evening. @type {number} */
  let shown;
  /** What is otherwise since. @type {any[]} */
  let changed;
  return [
    {
      on: '2014-02-10T09:00:00+03:00', tell: 'Somebody looks back: what did the agenda say on the eve of the second publication?',
      play: async (o) => {
        const { revision, version, days } = JSON.parse(await o.readAsAnybody(`${at}/agenda.json?asOf=${eve}`));
        shown = revision;
        return `“${version.label}” was shown: ${days.map((/** @type {any} */ { date, sessions }) => `${sessions.map((/** @type {any} */ { id }) => id).join(', ')} on ${date}`).join('; ')}`;
      },
    },
    {
      on: '2014-02-10T09:05:00+03:00', tell: 'What has changed since?',
      play: async (o) => {
        ({ sessions: changed } = JSON.parse(await o.readAsAnybody(`${at}/agenda/difference.json?from=${eve}`)));
        return changed.map(({ id, is, changes: [first] }) => `${id}: ${is.join(', ')}${first ? `, from ${minute(first.from)} to ${minute(first.to)}` : ''}`).join('; ');
      },
    },
    {
      on: '2014-02-10T09:10:00+03:00', tell: 'Who did it?',
      play: async (o) => {
        const asked = changed.flatMap(({ id, is }) => is.map((/** @type {string} */ word) => ({ session: id, type: factBehind[word] })));
        const told = await Promise.all(asked.map(async ({ session, type }) => {
          const { entries } = await o.read(`${at}/history.json?after=${shown}&session=${session}&type=${type}&lang=en`);
          return entries.flatMap((/** @type {any} */ { facts }) => facts.filter((/** @type {any} */ fact) => fact.type === type));
        }));
        // Why is told with each, and is the same of all here.
        return told.flat().map(({ sentence }) => sentence.replace(/, because .*/, '')).join('\n');
      },
    },
    {
      on: '2014-02-10T09:15:00+03:00', tell: 'Is the log whole, up to the line at the foot of the published page?',
      play: async (o) => {
        const [, line] = /<p class="proof">.*<code>(.+)<\/code>/.exec(await o.readAsAnybody(`${at}/agenda.html`, 'text/html')) ?? [];
        if (!line) throw new OffScript('The published page shows no line to verify the log against.');
        return verify(line);
      },
    },
  ];
};
