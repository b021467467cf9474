// Measures what the README promises of speed, always beside something in the same run. `npm run bench [PART…]`; with
// `-- data --plot FILE.svg` it draws what operations cost by the number of users.
import { parseArgs } from 'node:util';
import { compareBuilds } from './against.js';
import { cloudCode } from './cloud.js';
import { data, largeFile, SIZES } from './data.js';
import { growth, making, page } from './engine.js';
import { hot } from './hot.js';
import { install } from './install.js';
import { live } from './live.js';
import { plot } from './plot.js';
import { rest } from './rest.js';
import { coldStart, memory, throughput, viewerDuringSignUps } from './server.js';
import { tests } from './tests.js';

const PARTS = {
  hot,
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
  live,
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

const USAGE = `npm run bench -- [PART…] [--plot FILE.svg] [--against DIST [--turns N]] [--json]

Measures all parts, or those that are named: ${Object.keys(PARTS).join(', ')}.
A figure that misses its goal ends it with exit code 1. --plot draws what the part data has measured.
--against runs another build in turn, whose dist folder it names, and prints ratios with their spread. --json prints rows.`;

const readCommandLine = () => {
  const options = {
    plot: { type: 'string' },
    against: { type: 'string' },
    turns: { type: 'string', default: '3' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  };
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

const print = (row) => {
  const figure = `${row.value.toFixed(2)} ${row.unit}`;
  const columns = [row.name.padEnd(50), figure.padStart(12), goal(row).padEnd(18), verdict(row).padEnd(8)];
  console.log([...columns, row.detail ?? ''].join('  '));
};

const measure = async (parts, { json, plot: plotFile }) => {
  const rows = [];
  for (const name of parts) {
    for (const row of await PARTS[name]()) {
      rows.push(row);
      if (json) continue;
      print(row);
      if (verdict(row) === 'MISSED') process.exitCode = 1;
    }
  }
  if (json) console.log(JSON.stringify(rows));
  const curves = rows.flatMap(({ curve }) => curve ?? []);
  if (plotFile && curves.length > 0) plot(plotFile, SIZES, curves);
};

const { help, wanted, against, turns, ...how } = readCommandLine();
if (help) {
  console.log(USAGE);
  process.exit();
}
const parts = wanted.length > 0 ? wanted : Object.keys(PARTS);
await (against === undefined ? measure(parts, how) : compareBuilds(parts, against, Number(turns)));
