import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { codeOf, reasonOf } from './file-error.ts';

/** What shells answer for a command that there is none of, and for one that a signal has ended. */
const NOT_FOUND = 127;
const SIGNALLED = 128;

/** Runs a command in the same terminal and answers its exit code. `stopped` ends it, too. Rejects when it cannot be run. */
export const runCommand = (
  [command = '', ...words]: readonly string[],
  environment: { readonly [name: string]: string },
  stopped: Promise<unknown>,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
      shell: process.platform === 'win32', // npm and its kin are batch files there
    });
    void stopped.then(() => child.kill());
    child.on('error', (error) => {
      if (codeOf(error) === 'ENOENT') resolve(NOT_FOUND);
      else reject(new Error(`Failed to run ${command}: ${reasonOf(error)}`, { cause: error }));
    });
    child.on('exit', (code, signal) => resolve(code ?? SIGNALLED + (signal ? constants.signals[signal] : 0)));
  });
