import { describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../../src/client/index.ts';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const start = async (options: EmulatorOptions = {}): Promise<Connection> => {
  const emulator = createEmulator({ bcryptRounds: 4, allowClientClassCreation: true, ...options });
  const connection = connect('http://localhost', { fetch: emulator.fetch });
  for (const [username, email] of [
    ['Ann', 'ann@example.com'],
    ['bob', 'bob@elsewhere.org'],
    ['Carl', undefined],
  ] as const) {
    await connection.users.create({ username, ...(email && { email }) });
  }
  return connection;
};

const namesOf = ({ results }: { readonly results: readonly { readonly [name: string]: unknown }[] }): unknown[] =>
  results.map(({ username }) => username);

describe('GET /emulator/objects', () => {
  it('lists users as they were made, with the number of all', async () => {
    const connection = await start();
    const list = await connection.objects();
    expect(namesOf(list)).toEqual(['Ann', 'bob', 'Carl']);
    expect(list.count).toBe(3);
    expect(list.results[0]).not.toHaveProperty('password');
    expect(JSON.stringify(list)).not.toContain('$2');
  });

  it('searches all fields in whatever letter case, orders, and cuts out a part', async () => {
    const connection = await start();
    expect(namesOf(await connection.objects({ search: 'EXAMPLE' }))).toEqual(['Ann']);
    expect(namesOf(await connection.objects({ order: 'username' }))).toEqual(['Ann', 'bob', 'Carl']);
    expect(namesOf(await connection.objects({ order: '-username' }))).toEqual(['Carl', 'bob', 'Ann']);
    const part = await connection.objects({ order: 'username', skip: 1, limit: 1 });
    expect([namesOf(part), part.count]).toEqual([['bob'], 3]);
  });

  it('sees what was written since it was asked last', async () => {
    const connection = await start();
    expect((await connection.objects({ search: 'bob' })).count).toBe(1);
    await connection.users.create({ username: 'bobby' });
    expect((await connection.objects({ search: 'bob' })).count).toBe(2);
  });

  it('tells how users stand, and keeps those of one kind', async () => {
    const connection = await start({ accountLockout: { threshold: 2, duration: 5 } });
    await connection.users.logIn('Ann');
    await connection.users.lock('bob', true);
    await connection.users.verifyEmail('Ann');
    const { standings } = await connection.objects();
    expect(standings).toEqual([
      { providers: [], sessions: 1 },
      { providers: [], sessions: 0, lockedUntil: expect.stringMatching(/Z$/) },
      { providers: [], sessions: 0 },
    ]);
    expect(namesOf(await connection.objects({ filter: 'locked' }))).toEqual(['bob']);
    expect(namesOf(await connection.objects({ filter: 'verified' }))).toEqual(['Ann']);
    expect(namesOf(await connection.objects({ filter: 'unverified' }))).toEqual(['bob']);
    await connection.clock.advance({ minutes: 6 });
    expect(namesOf(await connection.objects({ filter: 'locked' }))).toEqual([]);
  });

  it('shows no token of a session', async () => {
    const connection = await start();
    await connection.users.logIn('Ann');
    const { results } = await connection.objects({ className: '_Session' });
    expect(results).toEqual([expect.objectContaining({ user: expect.anything() })]);
    expect(JSON.stringify(results)).not.toContain('r:');
  });

  it.each([{ limit: -1 }, { filter: 'odd' }])('refuses %j', async (wish) => {
    const connection = await start();
    await expect(connection.objects(wish)).rejects.toThrow(/^Failed to list objects: /);
  });
});

describe('GET /emulator/record', () => {
  it('shows an object as it is kept', async () => {
    const connection = await start();
    const { objectId = '' } = (await connection.users.find('Ann')) ?? {};
    expect(await connection.record('_User', objectId)).toMatchObject({
      _hashed_password: expect.stringMatching(/^\$2/),
    });
    await expect(connection.record('_User', 'nobody')).rejects.toThrow(
      'Failed to read a record: there is no nobody in _User',
    );
  });
});

describe('POST /emulator/rest', () => {
  it('asks as the master key, as a user and as nobody', async () => {
    const connection = await start();
    const { objectId = '' } = (await connection.users.find('Ann')) ?? {};
    const ACL = { [objectId]: { read: true } };
    const made = await connection.rest({ method: 'POST', path: '/classes/Todo', body: { title: 'try', ACL } });
    expect(made.status).toBe(201);
    const countFor = async (as?: string | null): Promise<unknown> => {
      const call = { method: 'GET', path: '/classes/Todo', query: { count: '1', limit: '0' } };
      return (await connection.rest(as === undefined ? call : { ...call, as })).body;
    };
    expect(await countFor()).toMatchObject({ count: 1 });
    expect(await countFor('Ann')).toMatchObject({ count: 1 });
    expect(await countFor('bob')).toMatchObject({ count: 0 });
    expect(await countFor(null)).toMatchObject({ count: 0 });
  });

  it('answers with what Parse refuses, and keeps it out of the log of requests', async () => {
    const connection = await start();
    const { status, body } = await connection.rest({ method: 'GET', path: '/users/nobody' });
    expect([status, body]).toEqual([404, { code: 101, error: 'Object not found.' }]);
    expect(await connection.requests()).toEqual([]);
  });

  it('refuses a name that nobody has', async () => {
    const connection = await start();
    await expect(connection.rest({ method: 'GET', path: '/users', as: 'nobody' })).rejects.toThrow(
      'Failed to ask REST: nobody is called "nobody"',
    );
  });
});

describe('POST /emulator/users/lock', () => {
  it('tells who sets no accountLockout that a lock would count for nothing', async () => {
    const connection = await start();
    await expect(connection.users.lock('Ann', true)).rejects.toThrow(
      'Failed to lock the account: the option accountLockout is not set, and without it no lock counts',
    );
  });
});

describe('the history', () => {
  it('takes back the last write, then the one before', async () => {
    const connection = await start();
    const { objectId = '' } = (await connection.users.find('Ann')) ?? {};
    await connection.rest({ method: 'PUT', path: `/users/${objectId}`, body: { nick: 'a' } });
    await connection.rest({ method: 'DELETE', path: `/users/${objectId}` });
    const [newest] = await connection.history.list();
    expect(newest).toMatchObject({ changes: [{ className: '_User', objectId, deed: 'delete' }] });
    await connection.history.undo();
    expect(await connection.users.find('Ann')).toMatchObject({ nick: 'a' });
    await connection.history.undo();
    expect(await connection.users.find('Ann')).not.toHaveProperty('nick');
  });

  it('refuses when there is nothing, and after the state was replaced', async () => {
    const connection = await start();
    await connection.reset();
    await expect(connection.history.undo()).rejects.toThrow(
      'Failed to undo: nothing was written that could be taken back',
    );
  });
});
