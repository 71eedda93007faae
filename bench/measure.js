/** How things are measured: the same moment, the same disk, side by side, and medians. */
import { mkdtempSync, rmSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

/** @param {readonly number[]} values */
export const median = (values) => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/**
 * Runs the work with a folder on the disk that the project lies on, and removes it afterwards.
 * @template R
 * @param {(folder: string) => Promise<R>} work
 * @returns {Promise<R>}
 */
export const inFolder = async (work) => {
  const folder = mkdtempSync(fileURLToPath(new URL('../dist/bench-', import.meta.url)));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * How often a second `once` is done when so many go on at the same time.
 * @param {number} atOnce
 * @param {number} seconds
 * @param {(client: number) => Promise<unknown>} once
 */
export const perSecond = async (atOnce, seconds, once) => {
  let done = 0;
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  await Promise.all(
    Array.from({ length: atOnce }, async (_, client) => {
      while (performance.now() < end) {
        await once(client);
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - begin)) * 1_000;
};

/**
 * Measures two things in turn, baseline, ours, baseline, ours, so that what else the machine does meets both. The first
 * pair warms up and does not count. `ratio` is the median of the ratios of the pairs, ours to the baseline.
 * @param {{ rounds: number, baseline: () => Promise<number>, ours: () => Promise<number>, unit?: string }} given
 * @returns {Promise<{ baseline: number, ours: number, ratio: number }>}
 */
export const sideBySide = async ({ rounds, baseline, ours, unit = '/s' }) => {
  /** @type {{ baseline: number, ours: number }[]} */
  const pairs = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pair = { baseline: await baseline(), ours: await ours() };
    progress(`${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}: ${whole(pair.baseline)} and ${whole(pair.ours)}${unit}`);
    if (round > 0) pairs.push(pair);
  }
  return {
    baseline: median(pairs.map((pair) => pair.baseline)),
    ours: median(pairs.map((pair) => pair.ours)),
    ratio: median(pairs.map((pair) => pair.ours / pair.baseline)),
  };
};

/**
 * Does the work and watches the event loop: how many milliseconds late its timers were, in 99 of 100 cases and at worst.
 * @template R
 * @param {() => Promise<R>} work
 * @returns {Promise<{ result: R, late99: number, lateMost: number }>}
 */
export const watchingTheLoop = async (work) => {
  const resolution = 1;
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  const result = await work();
  histogram.disable();
  const late = (/** @type {number} */ nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
  return { result, late99: late(histogram.percentile(99)), lateMost: late(histogram.max) };
};

/** A line that says what goes on; it does not belong to the result. @param {string} line */
export const progress = (line) => void process.stderr.write(`  ${line}\n`);

/** @param {number} value */
export const whole = (value) => Math.round(value).toLocaleString('en');

/** A ratio and what it should be are read as percentages; small broken numbers keep a digit; the rest is whole. */
const shown = (/** @type {string} */ column, /** @type {string | number | undefined} */ value) => {
  if (typeof value !== 'number') return value ?? '';
  if (column === 'ratio' || column === 'aim') return `${Math.round(value * 100)} %`;
  return Number.isInteger(value) || value >= 1_000 ? whole(value) : value.toFixed(1);
};

/**
 * Prints rows as a table, the first column left-aligned, the others right-aligned. A row may lack columns.
 * @param {string} title
 * @param {readonly Readonly<Record<string, string | number>>[]} rows
 */
export const table = (title, rows) => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => shown(column, row[column])))];
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => cells[index].length)));
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)));
  console.log(`\n${title}\n`);
  for (const cells of lines) console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]))).join('  '));
};
