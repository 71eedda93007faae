// Those who listen, in a process of their own. Forked by changes.js with the address to listen at, and how many: it tells when all have begun, and of each event when the last of them has heard it.
import http from 'node:http';

const [, , url, count] = process.argv;
const all = Number(count);
/** Of each event, by its id: when each heard it, on the clock that all processes share. @type {Map<string, number[]>} */
const heard = new Map();
const now = () => performance.timeOrigin + performance.now();

const listen = () =>
  new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`Listening was answered ${answer.statusCode}.`));
      answer.setEncoding('utf8').once('data', resolve).on('error', () => undefined).on('data', (text) => {
        for (const [, id] of text.matchAll(/^id: (\d+)\ndata/gm)) {
          const times = heard.get(id) ?? [];
          heard.set(id, times);
          if (times.push(now()) === all) process.send({ times });
        }
      });
    });
    request.on('error', reject);
  });

for (let begun = 0; begun < all; begun += 100) await Promise.all(Array.from({ length: Math.min(100, all - begun) }, listen));
process.send('all listen');
process.once('message', () => process.exit(0));
