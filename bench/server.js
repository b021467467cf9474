import { readFileSync } from 'node:fs';
import { load, median, percentile } from './load.js';
import { ask, headersOf, signUp, startBareServer, startEmulator, VIEWER } from './processes.js';

const RUNS = 5;

const timeToAnswer = async (start, query) => {
  const at = performance.now();
  const { url, stop } = await start();
  await ask(url, query);
  const milliseconds = performance.now() - at;
  await stop();
  return milliseconds;
};

/** From the spawn of the process to its first GraphQL answer, the two in turn. */
export const coldStart = async () => {
  const emulator = [];
  const bare = [];
  for (let i = 0; i < RUNS; i++) {
    bare.push(await timeToAnswer(startBareServer, VIEWER));
    emulator.push(await timeToAnswer(() => startEmulator('--memory'), '{ health }'));
  }
  const ratio = median(emulator) / median(bare);
  return [
    {
      name: 'cold start beside a bare server',
      value: ratio,
      unit: 'x',
      most: 2.5,
      detail: `${median(emulator).toFixed(0)} ms beside ${median(bare).toFixed(0)} ms`,
    },
  ];
};

const residentMegabytes = (pid) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

/** How many `viewer` a second at 10 connections, the two in turn. */
export const throughput = async () => {
  const emulator = await startEmulator('--memory');
  const bare = await startBareServer();
  const token = await signUp(emulator.url, 'johndoe');
  const toEmulator = () => load(emulator.url, { query: VIEWER, headers: headersOf(token) });
  const toBare = () => load(bare.url, { query: VIEWER, headers: headersOf(token) });
  await toEmulator();
  await toBare();
  const ratios = [];
  const rates = [];
  for (let i = 0; i < RUNS; i++) {
    const [ours, theirs] = [(await toEmulator()).perSecond, (await toBare()).perSecond];
    ratios.push(ours / theirs);
    rates.push(ours);
  }
  await Promise.all([emulator.stop(), bare.stop()]);
  return [
    {
      name: 'viewer a second beside a bare server',
      value: median(ratios),
      unit: 'x',
      least: 0.5,
      detail: `${median(rates).toFixed(0)} a second`,
    },
  ];
};

const afterRequests = async (start, query, prepare = () => undefined) => {
  const { url, pid, stop } = await start();
  const headers = headersOf(await prepare(url));
  await load(url, { query, headers, requests: 10_000, milliseconds: 60_000 });
  await new Promise((resolve) => setTimeout(resolve, 3000)); // what is idle may go
  const megabytes = residentMegabytes(pid);
  await stop();
  return megabytes;
};

/** Resident memory after a sign-up and 10,000 requests, of the emulator and of a bare server. */
export const memory = async () => {
  const bare = await afterRequests(startBareServer, VIEWER);
  const emulator = await afterRequests(
    () => startEmulator('--memory'),
    VIEWER,
    (url) => signUp(url, 'johndoe'),
  );
  const detail = `a bare server: ${bare.toFixed(0)} MB`;
  return [{ name: 'resident memory after 10,000 requests', value: emulator, unit: 'MB', most: 100, detail }];
};

/** How long a `viewer` waits while 8 sign-ups at cost 10 are under way. */
export const viewerDuringSignUps = async () => {
  const { url, stop } = await startEmulator('--memory', '--bcrypt-rounds', '10');
  const token = await signUp(url, 'johndoe');
  let isOver = false;
  let made = 0;
  const signer = async (n) => {
    for (let i = 0; !isOver; i++, made++) await signUp(url, `user-${n}-${i}`);
  };
  const signers = Array.from({ length: 8 }, (_, n) => signer(n));
  const { times } = await load(url, { query: VIEWER, headers: headersOf(token), connections: 1, milliseconds: 6000 });
  isOver = true;
  await Promise.all(signers);
  await stop();
  return [
    {
      name: 'viewer beside 8 sign-ups, 99th percentile',
      value: percentile(times, 0.99),
      unit: 'ms',
      most: 30,
      detail: `${made} sign-ups`,
    },
  ];
};
