import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect, ParseError, type WatchedEvent } from '../../src/client/index.ts';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { type EmulatorServer, startServer } from '../../src/node/index.ts';
import { ask } from '../support/ask.ts';

/** An emulator and a connection to it, over a socket or inside of the same program. */
type Pair = { readonly emulator: Emulator; readonly connection: Connection };

const OPTIONS = { bcryptRounds: 4, verifyUserEmails: true, apps: ['other'] };
let server: EmulatorServer;

beforeAll(async () => {
  server = await startServer({ ...OPTIONS, port: 0 });
});
afterAll(() => server.close());

const HOSTS: readonly (readonly [string, () => Promise<Pair>])[] = [
  [
    'over HTTP',
    async () => {
      await server.emulator.reset();
      return { emulator: server.emulator, connection: connect(server.url) };
    },
  ],
  [
    'in the same program',
    async () => {
      const emulator = createEmulator(OPTIONS);
      return { emulator, connection: connect('http://localhost/', { fetch: emulator.fetch }) };
    },
  ],
];

/** Gathers events; `until` resolves once there were so many of a kind. */
const gather = () => {
  const events: WatchedEvent[] = [];
  let look = (): void => undefined;
  return {
    events,
    add(event: WatchedEvent): void {
      events.push(event);
      look();
    },
    until: (kind: WatchedEvent['kind'], count = 1): Promise<void> =>
      new Promise((resolve) => {
        look = () => {
          if (events.filter((event) => event.kind === kind).length >= count) resolve();
        };
        look();
      }),
  };
};

describe.each(HOSTS)('connect, %s', (_host, create) => {
  it('makes, finds, logs in and verifies users', async () => {
    const { emulator, connection } = await create();
    const ann = await connection.users.create({ username: 'ann', email: 'ann@example.com' });
    expect(ann).toMatchObject({ username: 'ann', emailVerified: false });
    expect(await connection.users.find('ann')).toEqual(ann);
    expect(await connection.users.find('ANN')).toBeUndefined();
    await connection.users.verifyEmail('ann');
    expect(await emulator.users.find('ann')).toMatchObject({ emailVerified: true });
    const sessionToken = await connection.users.logIn('ann');
    const viewer = await ask(emulator, '{ viewer { user { username } } }', {
      headers: { 'X-Parse-Session-Token': sessionToken },
    });
    expect(viewer).toEqual({ data: { viewer: { user: { username: 'ann' } } } });
  });

  it("passes on Parse's errors, and the emulator's own", async () => {
    const { connection } = await create();
    await connection.users.create({ username: 'ann' });
    const taken = connection.users.create({ username: 'ANN' });
    await expect(taken).rejects.toThrow(new ParseError(202, 'Account already exists for this username.'));
    await expect(taken).rejects.toBeInstanceOf(ParseError);
    await expect(connection.users.logIn('bob')).rejects.toThrow('nobody is called "bob"');
    await expect(connection.seed({ _User: [{ username: 1 }] })).rejects.toThrow('_User[0].username');
    await expect(connection.faults.add({ operation: 'logIn' })).rejects.toThrow('does nothing');
    await expect(connection.intercept('logInn', { answer: 1 })).rejects.toThrow('logInn');
    await expect(connection.clock.set('tomorrow')).rejects.toThrow('"tomorrow" is not a moment');
  });

  it('gives headers and storage of who is logged in', async () => {
    const { connection } = await create();
    await connection.users.create({ username: 'ann' });
    expect(await connection.headersFor()).toEqual({ 'X-Parse-Application-Id': 'APPLICATION_ID' });
    expect(await connection.headersFor('ann')).toHaveProperty('X-Parse-Session-Token', expect.stringMatching(/^r:/));
    const place = { origin: 'http://localhost:5173', key: 'token' };
    expect(await connection.storageStateFor('ann', place)).toEqual({
      cookies: [],
      origins: [
        {
          origin: 'http://localhost:5173',
          localStorage: [
            { name: 'Parse/APPLICATION_ID/currentUser', value: expect.stringContaining('"username":"ann"') },
            { name: 'token', value: expect.stringMatching(/^r:/) },
          ],
        },
      ],
    });
  });

  it('reads the outbox, waits for mail and forgets it', async () => {
    const { connection } = await create();
    const waiting = connection.outbox.waitFor({ to: 'ann@example.com', kind: 'verifyEmail', timeout: 10_000 });
    await connection.users.create({ username: 'ann', email: 'ann@example.com' });
    await connection.users.create({ username: 'bob', email: 'bob@example.com' });
    expect(await waiting).toMatchObject({ to: 'ann@example.com', link: expect.stringContaining('token=') });
    expect(await connection.outbox.list()).toHaveLength(2);
    expect(await connection.outbox.list({ to: 'bob@example.com' })).toMatchObject([{ to: 'bob@example.com' }]);
    await expect(connection.outbox.waitFor({ kind: 'resetPassword', timeout: 0 })).rejects.toThrow(
      'Failed to find resetPassword to anybody in the outbox: it holds verifyEmail to ann@example.com, verifyEmail to bob@example.com',
    );
    await connection.outbox.clear();
    expect(await connection.outbox.list()).toEqual([]);
  });

  it('moves, puts, stops and lets go the clock', async () => {
    const { emulator, connection } = await create();
    expect(await connection.clock.set('2020-02-29T12:00:00Z')).toMatchObject({ isStopped: false });
    expect(new Date(emulator.clock.now()).toISOString()).toMatch(/^2020-02-29T12:0/);
    const stopped = await connection.clock.stop();
    expect(await connection.clock.read()).toEqual({ ...stopped, isStopped: true });
    expect(await connection.clock.now()).toBe(Date.parse(stopped.now));
    const moved = await connection.clock.advance({ days: 1 });
    expect(Date.parse(moved.now) - Date.parse(stopped.now)).toBe(86_400_000);
    expect(await connection.clock.set(new Date('1999-12-31T00:00:00Z'))).toEqual({
      now: '1999-12-31T00:00:00.000Z',
      isStopped: true,
    });
    expect(await connection.clock.go()).toMatchObject({ isStopped: false });
    await connection.reset();
    expect(emulator.clock.now()).toBeGreaterThan(Date.parse('2025-01-01'));
  });

  it('adds, lists and ends faults and constant answers', async () => {
    const { emulator, connection } = await create();
    const health = () => ask(emulator, '{ health }');
    const fault = { operation: 'health', error: { code: 1, message: 'no' } } as const;
    expect(await connection.faults.add({ ...fault, times: 1 })).toEqual([{ ...fault, times: 1 }]);
    expect(await health()).toMatchObject({ errors: [{ message: 'no' }] });
    expect(await connection.faults.list()).toEqual([]);
    await connection.faults.add(fault);
    await connection.faults.clear();
    const end = await connection.intercept('health', { answer: false });
    expect(await health()).toEqual({ data: { health: false } });
    await end();
    await connection.intercept('health', { error: { code: 'OPERATION_FORBIDDEN', message: 'not now' }, once: true });
    expect(await health()).toMatchObject({ errors: [{ message: 'not now', extensions: { code: 119 } }] });
    expect(await health()).toEqual({ data: { health: true } });
  });

  it('seeds, resets, takes snapshots and goes back to them', async () => {
    const { emulator, connection } = await create();
    await connection.seed({ Todo: [{ title: 'one' }] });
    await connection.seed({ Todo: [{ title: 'two' }] }, { ifEmpty: true });
    const before = await connection.snapshot();
    expect(before['Todo']).toMatchObject([{ title: 'one' }]);
    await connection.users.create({ username: 'ann' });
    await connection.restore(before);
    expect(emulator.snapshot()).toEqual(before);
    await connection.users.create({ username: 'bob' });
    await connection.reset();
    expect(await connection.users.find('bob')).toBeUndefined();
    await connection.restore({});
    expect(await connection.snapshot()).toEqual({});
    await connection.seed({});
  });

  it('lists requests with who asked, the code of the answer and its cause', async () => {
    const { emulator, connection } = await create();
    await connection.users.create({ username: 'ann' });
    await connection.users.create({ username: 'bob' });
    const sessionToken = await connection.users.logIn('ann');
    await ask(emulator, '{ users { count } }', { headers: { 'X-Parse-Session-Token': sessionToken } });
    await ask(emulator, 'mutation { logIn(input: { username: "ann", password: "wrong" }) { clientMutationId } }');
    expect(await connection.requests()).toMatchObject([
      { id: 1, operation: 'users', status: 200, user: { username: 'ann' }, cause: '1 of 2 users visible: ACL' },
      { id: 2, operation: 'logIn', code: 101, cause: expect.stringContaining('password is another') },
    ]);
  });

  it('keeps applications apart', async () => {
    const { connection } = await create();
    const other = connection.app('other');
    await other.users.create({ username: 'ann' });
    expect(await connection.users.find('ann')).toBeUndefined();
    expect(await other.users.find('ann')).toMatchObject({ username: 'ann' });
    expect([await connection.about(), await other.about()]).toMatchObject([
      { appId: 'APPLICATION_ID', apps: ['other'] },
      { appId: 'other' },
    ]);
    await expect(connection.app('third').about()).rejects.toThrow('There is no application "third" here');
  });

  it('tells what happens', async () => {
    const { emulator, connection } = await create();
    const { events, add, until } = gather();
    const stop = await connection.watch(add);
    expect(events).toMatchObject([{ kind: 'ready', appId: 'APPLICATION_ID' }]);
    await emulator.app('other').users.create({ username: 'zoe' }); // is nobody of this application
    await emulator.users.create({ username: 'ann', email: 'ann@example.com' });
    await ask(emulator, '{ health }');
    emulator.faults.add({ status: 503 });
    emulator.clock.advance({ hours: 1 });
    await emulator.reset();
    await until('state');
    expect(events.slice(1)).toMatchObject([
      {
        kind: 'change',
        changes: expect.arrayContaining([expect.objectContaining({ className: '_User', deed: 'create' })]),
      },
      { kind: 'mail', mail: { to: 'ann@example.com' } },
      { kind: 'request', request: { operation: 'health', answer: { data: { health: true } } } },
      { kind: 'faults', faults: [{ status: 503 }] },
      { kind: 'clock', isStopped: false },
      { kind: 'faults', faults: [] },
      { kind: 'state', by: 'reset' },
    ]);
    stop();
  });

  it('tells the kinds that are asked for, and refuses others', async () => {
    const { emulator, connection } = await create();
    const { events, add, until } = gather();
    const stop = await connection.watch(add, { kinds: ['clock'] });
    await emulator.users.create({ username: 'ann' });
    emulator.clock.stop();
    await until('clock');
    expect(events).toMatchObject([{ kind: 'ready' }, { kind: 'clock', isStopped: true }]);
    stop();
    // @ts-expect-error there is no such kind
    await expect(connection.watch(add, { kinds: ['clocks'] })).rejects.toThrow('Did you mean "clock"?');
  });
});

describe('a connection', () => {
  it('is refused to what is not an address', () => {
    expect(() => connect('localhost:1337')).toThrow('"localhost:1337" is not an address');
  });

  it('says that nobody is there', async () => {
    const { url, close } = await startServer({ port: 0 });
    await close();
    await expect(connect(url).about()).rejects.toThrow(`Failed to reach the emulator at ${url}: is it running there?`);
  });

  it('says that something else is there', async () => {
    const other = connect('http://localhost', { fetch: async () => new Response('<html>') });
    await expect(other.about()).rejects.toThrow('what answers there (200) is none');
  });

  it('sends the master key where it is given', async () => {
    const asked: unknown[] = [];
    const fetch = async (url: string, init?: RequestInit) => {
      asked.push([url, init?.headers]);
      return Response.json({});
    };
    await connect('http://10.0.0.1:1337', { masterKey: 'k', appId: 'a', fetch }).reset();
    expect(asked).toEqual([
      ['http://10.0.0.1:1337/emulator/reset', { 'X-Parse-Application-Id': 'a', 'X-Parse-Master-Key': 'k' }],
    ]);
  });

  it('that watches tells of a server that goes, and of one that comes again', async () => {
    const first = await startServer({ port: 0 });
    const { events, add, until } = gather();
    const stop = await connect(first.url).watch(add);
    await first.close(); // it does not wait for those who watch
    await until('lost');
    const { port } = first;
    const second = await startServer({ port });
    await until('ready', 2);
    expect(events.map(({ kind }) => kind)).toEqual(['ready', 'lost', 'ready']);
    stop();
    await second.close();
  });
});
