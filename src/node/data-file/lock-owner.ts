import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from '../json/file-error.ts';

/** Who holds a lock. `start` tells a process from a later one that was given the same number. */
export type Owner = { readonly pid: number; readonly host: string; readonly start: string; readonly since: string };

const ENDED = new Set(['Z', 'X']);

/** When a process began, as Linux counts it; undefined where that is not to be had, '' when it has ended. */
const startOf = (pid: number): string | undefined => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return ENDED.has(fields[0] ?? '') ? '' : `${boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
};

const describe = (): Owner => {
  const since = new Date(Date.now() - process.uptime() * 1000).toISOString();
  return { pid: process.pid, host: hostname(), start: startOf(process.pid) ?? since.slice(0, 18), since };
};

let self: Owner | undefined;

/** This process, as a lock names it. */
export const thisProcess = (): Owner => {
  self ??= describe();
  return self;
};

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH'; // EPERM: it is another person's
  }
};

/** Whether the process that wrote the lock is still there; one of the same number that began at another time is not it. */
export const isRunning = ({ pid, start }: Owner): boolean => {
  if (pid === process.pid) return start === thisProcess().start;
  const found = startOf(pid);
  return found === undefined ? exists(pid) : found === start;
};
