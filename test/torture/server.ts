import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SessionRow, UserRow } from './ledger.ts';

const CLI = fileURLToPath(new URL('../../bin/parse-users-emulator.js', import.meta.url));

/** A server in a process of its own. */
export type Server = { readonly url: string; readonly kill: () => Promise<void>; readonly process: ChildProcess };

/** Starts the command line on a data file. Rejects with what it printed when it does not come up. */
export const startServer = async (db: string, ...flags: readonly string[]): Promise<Server> => {
  const child = spawn(process.execPath, [CLI, '--port', '0', '--quiet', '--bcrypt-rounds', '4', '--db', db, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: string): void => {
      printed += chunk;
      const [found] = /http:\/\/[\w.]+:\d+/.exec(printed) ?? [];
      if (found) resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.once('exit', (code) => reject(new Error(`Failed to start: it ended with ${code}: ${printed}`)));
  });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  };
  return { url, kill, process: child };
};

const MASTER = { 'x-parse-application-id': 'APPLICATION_ID', 'x-parse-master-key': 'MASTER_KEY' };

const list = async (url: string, path: string): Promise<never[]> =>
  ((await (await fetch(`${url}/parse/${path}`, { headers: MASTER })).json()) as { results: never[] }).results;

/** All users and sessions that a server holds. */
export const readState = async (
  url: string,
): Promise<{ readonly users: readonly UserRow[]; readonly sessions: readonly SessionRow[] }> => ({
  users: await list(url, 'users?limit=100000&keys=username,version,twin'),
  sessions: await list(url, 'sessions?limit=100000'),
});
