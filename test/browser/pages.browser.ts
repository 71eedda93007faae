import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { conveningCatalogue } from '../../src/convening/convening.events.js';
import { convening } from '../history/every-fact.js';
import { commands, written } from '../history/written.js';
import { Application, token } from '../http/application.js';

const app = new Application();
let browser: Browser;
beforeAll(async () => {
  await written(app.folder, commands('convening-arusha-2013', conveningCatalogue, convening, 'the hall is closed'));
  app.clock.set('2013-06-01T08:00:00Z');
  await app.start();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
});
afterAll(async () => {
  await browser.close();
  await app.end();
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const base = '/convenings/arusha-2013';
const pages = {
  'the first page': '/',
  'the agenda': `${base}/agenda.html`,
  'the agenda in French': `${base}/agenda.html?lang=fr`,
  'the difference': `${base}/agenda/difference.html?from=rev:20`,
  'the difference in French': `${base}/agenda/difference.html?from=rev:20&lang=fr`,
  'the history': `${base}/history.html`,
  'the history, filtered': `${base}/history.html?text=hall&lang=fr`,
  'the timeline': `${base}/timeline.html`,
  'the timeline of a moment': `${base}/timeline.html?asOf=rev:30`,
};

/** Words that stand on two lines, with everything on the page that can be opened open: on a phone long ones may. Hashes and ids may too. */
const brokenWords = `(() => {
  for (const each of document.querySelectorAll('details')) each.open = true;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let text; (text = texts.nextNode()); ) {
    if (text.parentElement.closest('script, style, code')) continue;
    for (const { 0: word, index } of text.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1 && (innerWidth > 500 || word.length < 12)) found.push(word);
    }
  }
  return found;
})()`;

// A browser starts slowly on a machine that does much else.
jest.setTimeout(120_000);

/** In a window of its own. */
const visiting = async (how: Parameters<Browser['newContext']>[0], visit: (page: Page) => Promise<void>): Promise<void> => {
  const context = await browser.newContext({ baseURL: app.url, ...how });
  try {
    await visit(await context.newPage());
  } finally {
    await context.close();
  }
};
const organiser = { extraHTTPHeaders: { authorization: `Bearer ${token}` } };

/** By the door, with the token. */
const entered = async (page: Page): Promise<void> => {
  await page.goto(pages['the timeline']);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button').click();
  await page.waitForURL(`**${pages['the timeline']}`);
};

const windows = [360, 1280].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })));

describe.each(windows)('in a window of $width px, $colorScheme', ({ width, colorScheme }) => {
  it.each(Object.entries(pages))('%s can be used by everybody', (_, path) =>
    visiting({ ...organiser, viewport: { width, height: 800 }, colorScheme }, async (page) => {
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      const answer = await page.goto(path);
      await page.evaluate(axe);
      // axe puts itself there.
      const found = await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))');
      const broken = await page.evaluate(brokenWords);
      const sticksOut = await page.evaluate('document.scrollingElement.scrollWidth - innerWidth');
      expect({ status: answer?.status(), found, broken, sticksOut, complaints }).toEqual({ status: 200, found: [], broken: [], sticksOut: 0, complaints: [] });
    }));
});

describe('a person who went astray', () => {
  it.each(windows)('reads what is wrong, in a window of $width px, $colorScheme', ({ width, colorScheme }) =>
    visiting({ viewport: { width, height: 800 }, colorScheme }, async (page) => {
      const answers: (number | undefined)[] = [];
      for (const path of ['/convenings/nowhere/agenda.html', '/nowhere', `${base}/agenda.html?version=draft`]) {
        answers.push((await page.goto(path))?.status());
        await page.evaluate(axe);
        expect(await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))')).toEqual([]);
        expect(await page.evaluate('document.scrollingElement.scrollWidth - innerWidth')).toBe(0);
      }
      expect(answers).toEqual([404, 404, 401]);
      // The last asks for the token, and leads on to what was asked for.
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button').click();
      await page.waitForURL('**/agenda.html?version=draft');
      expect(await page.locator('.draft').textContent()).toContain('Working draft');
    }));
});

describe('the timeline', () => {
  it('is moved through by the keys of the slider, and has an address for where it stands', () =>
    visiting({}, async (page) => {
      await entered(page);
      const then = await page.locator('#now-line').getAttribute('x1');
      await page.locator('#place').focus();
      await page.keyboard.press('Home');
      await page.waitForURL(/asOf=/);
      expect(await page.locator('#now-line').getAttribute('x1')).not.toBe(then);
      const shown = await page.locator('#status').textContent();
      await page.reload();
      expect(await page.locator('#status').textContent()).toBe(shown);
    }));

  it('is read without script by its links and its button', () =>
    visiting({ javaScriptEnabled: false }, async (page) => {
      await entered(page);
      const now = await page.locator('.standing strong').textContent();
      await page.locator('#older').click();
      const older = await page.locator('.standing strong').textContent();
      expect(older).not.toBe(now);
      await page.getByRole('link', { name: 'Now', exact: true }).click();
      expect(await page.locator('.standing strong').textContent()).toBe(now);
      await page.locator('#place').press('Home');
      await page.locator('#show').click();
      await page.waitForURL(/asOf=/);
      expect(await page.locator('.standing strong').textContent()).not.toBe(older);
    }));
});
