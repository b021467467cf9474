import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../../parse/user-error.ts';
import { codeOf, reasonOf } from '../json/file-error.ts';
import { isRunning, processTree, signalAll } from './process-tree.ts';

/** What shells answer for a command that there is none of, and for one that a signal has ended. */
const NOT_FOUND = 127;
const SIGNALLED = 128;

/** How long what the command has started may take to clean up once it is told to end. */
const GRACE = 3000;
const BETWEEN_LOOKS = 50;

/** Resolves with the exit code of a command. Rejects when it cannot be run. */
const untilEnded = (child: ChildProcess, command: string): Promise<number> =>
  new Promise((resolve, reject) => {
    child.on('error', (error) => {
      if (codeOf(error) === 'ENOENT') resolve(NOT_FOUND);
      else reject(new UserError(`Failed to run ${command}: ${reasonOf(error)}`, { cause: error }));
    });
    child.on('exit', (code, signal) => resolve(code ?? SIGNALLED + (signal ? constants.signals[signal] : 0)));
  });

/** What is typed into a terminal everybody in it hears; whoever hears it twice gives up cleaning up. */
const isHeardByAll = (signal: NodeJS.Signals): boolean => signal === 'SIGINT' && process.stdin.isTTY;

const untilGone = async (pids: readonly number[]): Promise<void> => {
  for (let waited = 0; waited < GRACE && pids.some(isRunning); waited += BETWEEN_LOOKS) await pause(BETWEEN_LOOKS);
  signalAll(pids, 'SIGKILL');
};

/**
 * Runs a command in the same terminal and returns its exit code. The signal that `stopped` resolves with goes to it and to all
 * that it has started: `npm test` and the shell in it would end and leave the tests alone. Rejects when it cannot be run.
 */
export const runCommand = async (
  [command = '', ...words]: readonly string[],
  environment: { readonly [name: string]: string },
  stopped: Promise<NodeJS.Signals>,
): Promise<number> => {
  const child = spawn(command, words, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32', // npm and its kin are batch files there
  });
  let told: readonly number[] = [];
  void stopped.then((signal) => {
    if (child.pid === undefined) return;
    told = processTree(child.pid);
    if (!isHeardByAll(signal)) signalAll(told, signal);
  });
  const killRest = (): void => signalAll(told, 'SIGKILL');
  process.on('exit', killRest); // who asks twice does not want to wait
  try {
    const code = await untilEnded(child, command);
    await untilGone(told);
    return code;
  } finally {
    process.off('exit', killRest);
  }
};
