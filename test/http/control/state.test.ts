import { expect, it } from 'vitest';
import { type Connection, connect } from '../../../src/client/index.ts';
import { createEmulator } from '../../../src/index.ts';

const start = async (): Promise<Connection> => {
  const emulator = createEmulator({ bcryptRounds: 4, seed: { _User: [{ username: 'ann', password: 'secret' }] } });
  await emulator.ready;
  return connect('http://localhost', { fetch: emulator.fetch });
};

it('keeps states under names, which outlive a reset', async () => {
  const connection = await start();
  await connection.users.create({ username: 'bob' });
  expect(await connection.snapshots.keep('with bob')).toMatchObject({ name: 'with bob', objects: 2 });
  await connection.reset();
  expect(await connection.users.find('bob')).toBeUndefined();
  await connection.snapshots.restore('with bob');
  expect(await connection.users.find('bob')).toBeDefined();
  await connection.snapshots.forget('with bob');
  expect(await connection.snapshots.list()).toEqual([]);
});

it('names the snapshot that there is none of', async () => {
  const connection = await start();
  for (const ask of ['restore', 'forget'] as const) {
    await expect(connection.snapshots[ask]('x')).rejects.toThrow('Failed to find a snapshot: none is called "x"');
  }
});

it('tells what has changed since the seed or a snapshot, without secrets', async () => {
  const connection = await start();
  expect(await connection.differences()).toEqual({ count: 0, differences: [] });
  const { objectId = '' } = (await connection.users.find('ann')) ?? {};
  await connection.rest({ method: 'PUT', path: `/users/${objectId}`, body: { nick: 'a', password: 'other' } });
  const { count, differences } = await connection.differences();
  const [ann] = differences;
  expect([count, ann?.deed, ann?.objectId]).toEqual([2, 'update', objectId]); // the class has a new field, too
  expect(ann?.fields).toContainEqual({ name: 'nick', after: 'a' });
  expect(ann?.fields).toContainEqual({ name: '_hashed_password', before: '***', after: '***' });
  await connection.snapshots.keep('now');
  expect((await connection.differences('now')).count).toBe(0);
  await connection.rest({ method: 'DELETE', path: `/users/${objectId}` });
  expect((await connection.differences('now')).differences).toMatchObject([{ deed: 'delete', objectId }]);
});
