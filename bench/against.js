// Runs the same parts of two builds in turn, and tells how this one does beside the other.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './load.js';

const run = promisify(execFile);
const BENCH = fileURLToPath(new URL('bench.js', import.meta.url));

/** The rows of one part in a process of its own; those that the build cannot do are left out. */
const rowsOf = async (dist, part) => {
  const env = dist === undefined ? process.env : { ...process.env, BENCH_DIST: dist };
  const { stdout } = await run(process.execPath, ['--expose-gc', BENCH, part, '--json'], { env, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
};

const failed = ({ stderr = '', message }) => `${stderr || message}`.trim().split('\n').at(-1);

const attempt = (dist, part) => rowsOf(dist, part).catch((error) => ({ failure: failed(error) }));

const line = (name, ours, theirs, unit) => {
  const ratios = ours.map((value, turn) => value / theirs[turn]);
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  const figures = `${median(ours).toFixed(2)} beside ${median(theirs).toFixed(2)} ${unit}`;
  return [name.padEnd(56), `${median(ratios).toFixed(2)} x`.padStart(8), spread.padEnd(16), figures].join('  ');
};

/** Compares so many turns of each part with another build, whose `dist` folder is `against`. */
export const compareBuilds = async (parts, against, turns) => {
  const other = resolve(against);
  if (!existsSync(join(other, 'index.js'))) throw new Error(`There is no build in ${other}: name its dist folder`);
  console.log(`Each figure of this build, divided by that of ${other}: the median of ${turns} turns, and their spread`);
  for (const part of parts) {
    const seen = new Map();
    for (let turn = 0; turn < turns; turn++) {
      // who begins changes with each turn
      const order = turn % 2 === 0 ? [undefined, other] : [other, undefined];
      const results = new Map();
      for (const dist of order) results.set(dist, await attempt(dist, part));
      const [ours, theirs] = [results.get(undefined), results.get(other)];
      const failure = ours.failure ?? theirs.failure;
      if (failure !== undefined) {
        console.log(`${part}: ${ours.failure ? 'this build' : 'the other'} cannot: ${failure}`);
        break;
      }
      for (const { name, value, unit } of ours) {
        const match = theirs.find((row) => row.name === name);
        const entry = seen.get(name) ?? { unit, ours: [], theirs: [] };
        if (!match) continue;
        entry.ours.push(value);
        entry.theirs.push(match.value);
        seen.set(name, entry);
      }
    }
    for (const [name, { ours, theirs, unit }] of seen) console.log(line(name, ours, theirs, unit));
  }
};
