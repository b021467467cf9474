import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

type Kinship = { readonly pid: number; readonly parent: number };

const numbers = (text: string): number[] => text.trim().split(/\s+/).map(Number);

/** What Linux tells of a process: `pid (name) state parent …`, where the name may hold anything. Undefined when it has ended. */
const readStat = (pid: number | string): { readonly state: string; readonly parent: number } | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
};

const kinshipOf = (pid: string): Kinship[] => {
  const stat = readStat(pid);
  return stat ? [{ pid: Number(pid), parent: stat.parent }] : [];
};

const fromProc = (): Kinship[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(kinshipOf);

const fromPs = (): Kinship[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0] = numbers(line);
      return { pid, parent };
    });

const allProcesses = (): Kinship[] => {
  try {
    return process.platform === 'linux' ? fromProc() : fromPs();
  } catch {
    return []; // Windows has no ps
  }
};

/** A process and all that it has started, and they, as far as they still run; parents come first. */
export const processTree = (root: number): readonly number[] => {
  const all = allProcesses();
  const tree = [root];
  for (const pid of tree) tree.push(...all.filter(({ parent }) => parent === pid).map((child) => child.pid));
  return tree;
};

/** Sends a signal to processes, some of which may have ended. */
export const signalAll = (pids: readonly number[], signal: NodeJS.Signals): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {}
  }
};

/** Whether a process still runs. One that has ended may keep its place until somebody asks how: nobody does in a container. */
export const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0) && readStat(pid)?.state !== 'Z';
  } catch {
    return false;
  }
};
