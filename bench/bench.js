// Measures what the README promises of speed, always beside something in the same run. `npm run bench [PART…]`; with
// `-- data --plot FILE.svg` it draws what operations cost by the number of users.
import { parseArgs } from 'node:util';
import { cloudCode } from './cloud.js';
import { data, largeFile, SIZES } from './data.js';
import { growth, making, page } from './engine.js';
import { install } from './install.js';
import { plot } from './plot.js';
import { rest } from './rest.js';
import { coldStart, memory, throughput, viewerDuringSignUps } from './server.js';
import { tests } from './tests.js';

const PARTS = {
  coldStart,
  throughput,
  memory,
  viewerDuringSignUps,
  growth,
  page,
  making,
  cloudCode,
  tests,
  rest,
  install,
  data,
  largeFile,
};

const verdict = ({ value, most, least }) => {
  if (most === undefined && least === undefined) return '';
  return (most === undefined || value <= most) && (least === undefined || value >= least) ? 'reached' : 'MISSED';
};

const goal = ({ most, least, unit }) =>
  most === undefined ? (least === undefined ? '' : `at least ${least} ${unit}`) : `at most ${most} ${unit}`;

const USAGE = `npm run bench -- [PART…] [--plot FILE.svg]

Measures all parts, or those that are named: ${Object.keys(PARTS).join(', ')}.
A figure that misses its goal ends it with exit code 1. --plot draws what the part data has measured.`;

const readCommandLine = () => {
  const options = { plot: { type: 'string' }, help: { type: 'boolean', short: 'h' } };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
    if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}`);
    return { ...values, wanted: positionals };
  } catch ({ message }) {
    console.error(`bench: ${message}\n\n${USAGE}`);
    process.exit(2);
  }
};

const { help, wanted, plot: plotFile } = readCommandLine();
if (help) {
  console.log(USAGE);
  process.exit();
}
const curves = [];
for (const [name, run] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const row of await run()) {
    if (row.curve) curves.push(row.curve);
    const figure = `${row.value.toFixed(2)} ${row.unit}`;
    console.log(
      [row.name.padEnd(50), figure.padStart(12), goal(row).padEnd(18), verdict(row).padEnd(8), row.detail ?? ''].join(
        '  ',
      ),
    );
    if (verdict(row) === 'MISSED') process.exitCode = 1;
  }
}
if (plotFile && curves.length > 0) plot(plotFile, SIZES, curves);
