import { afterEach, describe, expect, it, vi } from 'vitest';
import type { JsonObject } from '../../../src/index.ts';
import { Store } from '../../../src/store/store.ts';
import { type Client, createClient, PUBLIC_READ } from '../../support/graphql-client.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The classes that were gone through from end to end while `run` ran. */
const scanned = async (run: () => Promise<unknown>): Promise<string[]> => {
  const all = vi.spyOn(Store.prototype, 'all');
  await run();
  return [...new Set(all.mock.calls.map(([className]) => className))].filter((className) => className !== '_SCHEMA');
};

const start = async (): Promise<Client & { id: string; objectId: string; sessionToken: string }> => {
  const client = createClient();
  const ann = await client.signUp('ann', { email: 'ann@example.com' });
  await client.create('Role', { name: 'staff', ACL: PUBLIC_READ, users: { add: [ann.id] } });
  return { ...client, ...ann };
};

describe('equality on an indexed field does not go through the class:', () => {
  it.each<[string, (ids: { id: string; objectId: string }) => JsonObject]>([
    ['username', () => ({ username: { equalTo: 'ann' } })],
    ['username in a list', () => ({ username: { in: ['ann', 'bob'] } })],
    ['email', () => ({ email: { equalTo: 'ann@example.com' } })],
    ['objectId', ({ objectId }) => ({ objectId: { equalTo: objectId } })],
    ['id', ({ id }) => ({ id: { equalTo: id } })],
    ['one of several constraints', () => ({ createdAt: { exists: true }, username: { equalTo: 'ann' } })],
    ['one inside of AND', () => ({ AND: [{ createdAt: { exists: true } }, { username: { equalTo: 'ann' } }] })],
  ])('users by %s', async (_, where) => {
    const client = await start();
    const query = 'query ($where: UserWhereInput) { users(where: $where) { count edges { node { username } } } }';
    const find = () => client.ask(query, { where: where(client) }, 'master');
    expect((await find()).data).toEqual({ users: { count: 1, edges: [{ node: { username: 'ann' } }] } });
    expect(await scanned(find)).toEqual([]);
  });

  it('log-in, the viewer, its roles and its sessions', async () => {
    const client = await start();
    const logIn = 'mutation { logIn(input: { username: "ann", password: "annspass" }) { viewer { sessionToken } } }';
    expect(await scanned(() => client.ask(logIn))).toEqual([]);
    const viewer = '{ viewer { user { username } } sessions { count } }';
    expect(await scanned(() => client.ask(viewer, {}, { sessionToken: client.sessionToken }))).toEqual([]);
  });

  it('sign-up', async () => {
    const client = await start();
    expect(await scanned(() => client.signUp('bob', { email: 'bob@example.com' }))).toEqual([]);
  });

  it('while anything else does', async () => {
    const client = await start();
    const find = '{ users(where: { username: { matchesRegex: "^a" } }) { count } }';
    expect(await scanned(() => client.ask(find, {}, 'master'))).toEqual(['_User']);
  });
});
