import { randomInt } from 'node:crypto';
import type { Account } from './ledger.ts';

const KEYS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };
const FILLER = 'x'.repeat(6000); // so that the journal outgrows the file now and then, and is folded under way

type Answer = { readonly [name: string]: unknown };

const ask = async (url: string, method: string, body: unknown, sessionToken = ''): Promise<Answer> => {
  const headers = { ...KEYS, ...(sessionToken && { 'x-parse-session-token': sessionToken }) };
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
};

const SIGN_UP = `mutation ($username: String!, $filler: String!) {
  signUp(input: { fields: { username: $username, password: "secret", version: 1, twin: 1, filler: $filler } }) {
    viewer { sessionToken user { objectId } }
  }
}`;

const signUp = async (url: string, account: Account): Promise<void> => {
  account.pending = 1;
  const filler = FILLER.slice(randomInt(FILLER.length));
  if (randomInt(2) === 0) {
    const { username } = account;
    const { data } = await ask(`${url}/graphql`, 'POST', { query: SIGN_UP, variables: { username, filler } });
    const { viewer } = (data as { signUp: { viewer: { sessionToken: string; user: { objectId: string } } } }).signUp;
    Object.assign(account, { sessionToken: viewer.sessionToken, objectId: viewer.user.objectId });
  } else {
    const fields = { username: account.username, password: 'secret', version: 1, twin: 1, filler };
    const { sessionToken, objectId } = await ask(`${url}/parse/users`, 'POST', fields);
    Object.assign(account, { sessionToken, objectId });
  }
  account.version = 1;
  delete account.pending;
};

const update = async (url: string, account: Account): Promise<void> => {
  const next = account.version + 1;
  account.pending = next;
  const fields = { version: next, twin: next, filler: FILLER.slice(randomInt(FILLER.length)) };
  await ask(`${url}/parse/users/${account.objectId}`, 'PUT', fields, account.sessionToken);
  account.version = next;
  delete account.pending;
};

const logOut = async (url: string, account: Account): Promise<void> => {
  account.out = 'asked';
  await ask(`${url}/parse/logout`, 'POST', {}, account.sessionToken);
  account.out = 'yes';
};

const remove = async (url: string, account: Account): Promise<void> => {
  account.gone = 'asked';
  await ask(`${url}/parse/users/${account.objectId}`, 'DELETE', undefined, account.sessionToken);
  account.gone = 'yes';
};

const live = async (url: string, account: Account): Promise<void> => {
  await signUp(url, account);
  for (let i = randomInt(4); i > 0; i -= 1) await update(url, account);
  const end = randomInt(3);
  if (end === 1) await logOut(url, account);
  if (end === 2) await remove(url, account);
};

/** Whether the error is what a client sees of a server that dies, and not an answer. */
const isDeath = (error: unknown): boolean => error instanceof TypeError || error instanceof SyntaxError;

/** Users come, change, and log out or go, several at a time, until the server dies. Answers what they know. */
export const storm = async (url: string, prefix: string, clients: number): Promise<Account[]> => {
  const accounts: Account[] = [];
  const client = async (): Promise<void> => {
    for (;;) {
      const account: Account = { username: `${prefix}${accounts.length}`, version: 0, out: 'no', gone: 'no' };
      accounts.push(account);
      try {
        await live(url, account);
      } catch (error) {
        if (isDeath(error)) return;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return accounts;
};
