import { randomInt } from 'node:crypto';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { newFolder } from '../support/folder.ts';
import { type Account, mistakesIn, settle } from './ledger.ts';
import { readState, type Server, startServer } from './server.ts';
import { storm } from './storm.ts';

/** `npm run torture` takes its time; `npm test` a few seconds. */
const KILLS = process.env['npm_lifecycle_event'] === 'torture' ? 200 : 5;
const CLIENTS = 12;
/** So that the file stays small enough for many kills. */
const KILLS_PER_FILE = 20;

const TORN = ['[["_User","torn",{"objectId":"to', '{"into":"', '[', 'x'];

/** What a machine may leave that dies in the middle of a write: the beginning of a line. */
const tear = async (path: string): Promise<void> => {
  if (randomInt(3) === 0) await appendFile(`${path}.journal`, TORN[randomInt(TORN.length)] ?? '');
};

const check = async ({ url }: Server, accounts: readonly Account[]): Promise<void> => {
  const { users, sessions } = await readState(url);
  expect(mistakesIn(accounts, users, sessions)).toEqual([]);
  const byName = new Map(users.map((user) => [user.username, user]));
  for (const account of accounts) settle(account, byName.get(account.username), sessions);
};

const FIELDS = { version: { type: 'Number' }, twin: { type: 'Number' }, filler: { type: 'String' } };

const torture = async (kills: number): Promise<number> => {
  const path = join(await newFolder(), 'users.json');
  await writeFile(path, JSON.stringify({ schemas: [{ className: '_User', fields: FIELDS }] }));
  const accounts: Account[] = [];
  let server = await startServer(path);
  onTestFinished(() => server.kill());
  for (let kill = 0; kill < kills; kill += 1) {
    const storming = storm(server.url, `k${kill}-`, CLIENTS);
    await wait(randomInt(20, 1500));
    await server.kill();
    accounts.push(...(await storming));
    await tear(path);
    server = await startServer(path);
    await check(server, accounts);
  }
  return accounts.filter(({ version }) => version > 0).length;
};

it(`keeps what it acknowledged, and no half of what it did not, through ${KILLS} kills`, {
  timeout: 20_000 + KILLS * 30_000,
}, async () => {
  let acknowledged = 0;
  for (let left = KILLS; left > 0; left -= KILLS_PER_FILE)
    acknowledged += await torture(Math.min(left, KILLS_PER_FILE));
  expect(acknowledged).toBeGreaterThan(0);
  console.log(`${KILLS} kills: all of ${acknowledged} users who were acknowledged were there`);
});
