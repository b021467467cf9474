import { setupServer } from 'msw/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';
import { startServer } from '../../src/node/index.ts';
import { bcryptPasswords, seededPasswords } from '../../src/operations/passwords.ts';
import { ask, HEADERS, signUp } from '../support/ask.ts';

const DOCUMENT = signUp('ann');

const create = (options: EmulatorOptions = {}): Emulator =>
  createEmulator({ bcryptRounds: 4, deterministic: 'any text', ...options });

describe('a deterministic emulator', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answers the same in every run, on every machine', async () => {
    expect(await ask(create(), DOCUMENT)).toMatchInlineSnapshot(`
      {
        "data": {
          "signUp": {
            "viewer": {
              "sessionToken": "r:05daba7481b4ab0ce0c3c6cc91df52e8",
              "user": {
                "createdAt": "2026-01-01T00:00:00.000Z",
                "objectId": "yVui8At6ye",
                "username": "ann",
              },
            },
          },
        },
      }
    `);
  });

  it('has the same state in every run, hashes of passwords included', async () => {
    const [one, other] = [create(), create()];
    for (const emulator of [one, other]) {
      await emulator.seed({ _User: [{ username: 'seeded', password: 'secret' }] });
      await ask(emulator, DOCUMENT);
    }
    expect(one.snapshot()).toEqual(other.snapshot());
    expect(one.snapshot()['_User']?.[0]?.['objectId']).not.toBe(one.snapshot()['_User']?.[1]?.['objectId']);
    expect(
      await ask(
        one,
        'mutation { logIn(input: { username: "ann", password: "secret" }) { viewer { user { username } } } }',
      ),
    ).toEqual({
      data: { logIn: { viewer: { user: { username: 'ann' } } } },
    });
  });

  it('answers byte for byte alike through `fetch`, MSW and the server', async () => {
    const options = { bcryptRounds: 4, deterministic: 'any text', verifyUserEmails: true, serverURL: 'http://x/parse' };
    const talk = async (emulator: Emulator, url: string, send: typeof fetch): Promise<string> => {
      const said: unknown[] = [];
      const say = async (path: string, body: object, more: object = {}): Promise<void> => {
        const init = { method: 'POST', headers: { ...HEADERS, ...more }, body: JSON.stringify(body) };
        const response = await send(`${url}${path}`, init);
        said.push([response.status, await response.text()]);
      };
      await emulator.seed({ _User: [{ username: 'seeded', password: 'secret', email: 'seeded@example.com' }] });
      await say('/graphql', { query: DOCUMENT });
      await say('/parse/users', { username: 'ben', password: 'secret', email: 'ben@example.com' });
      await say('/parse/login', { username: 'seeded', password: 'secret' });
      await say('/parse/login', { username: 'seeded', password: 'wrong' });
      await say('/parse/requestPasswordReset', { email: 'seeded@example.com' });
      emulator.clock.advance({ hours: 1 });
      await say('/parse/classes/Note', { text: 'a' }, { 'X-Parse-Master-Key': 'MASTER_KEY' });
      const log = emulator.requests.map(({ url: _, headers: __, ...request }) => request);
      return JSON.stringify([said, emulator.snapshot(), emulator.outbox, log]);
    };
    const emulator = createEmulator(options);
    const plain = await talk(emulator, 'http://x', (url, init) => emulator.fetch(new Request(url, init)));
    const mocked = createEmulator(options);
    const msw = setupServer(...createHandlers(mocked));
    msw.listen();
    expect(await talk(mocked, 'http://x', fetch)).toBe(plain);
    msw.close();
    await using server = await startServer({ port: 0, ...options });
    expect(await talk(server.emulator, server.url, fetch)).toBe(plain);
    expect(plain).toContain('2026-01-01T01:00:00.000Z');
  });

  it('answers otherwise for another text', async () => {
    expect(await ask(create({ deterministic: 'another text' }), DOCUMENT)).not.toEqual(await ask(create(), DOCUMENT));
  });

  it('begins anew with a reset, and goes on alike from the same snapshot', async () => {
    const emulator = create();
    const first = await ask(emulator, DOCUMENT);
    const snapshot = emulator.snapshot();
    const second = await ask(emulator, signUp('ben'));
    await emulator.restore(JSON.parse(JSON.stringify(snapshot)));
    expect(JSON.stringify(second)).not.toBe(JSON.stringify(await ask(emulator, signUp('cat'))));
    await emulator.restore(snapshot);
    const again = await ask(emulator, signUp('ben'));
    await emulator.restore(snapshot);
    expect(await ask(emulator, signUp('ben'))).toEqual(again);
    await emulator.reset();
    expect(await ask(emulator, DOCUMENT)).toEqual(first);
  });

  it('never gives an id away that fixtures from an earlier run have', async () => {
    const earlier = create();
    await ask(earlier, DOCUMENT);
    const emulator = create();
    await emulator.restore(JSON.parse(JSON.stringify(earlier.snapshot())));
    await ask(emulator, signUp('ben'));
    expect(emulator.snapshot()['_User']).toHaveLength(2);
    expect(emulator.snapshot()['_Session']).toHaveLength(2);
  });

  it('gives each fork the same chance, so that tests may run in any order', async () => {
    const emulator = create();
    const answers = await Promise.all([1, 2, 3].map(() => emulator.isolate((mine) => ask(mine, DOCUMENT))));
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
  });

  it('has a clock that stands until it is advanced', () => {
    const { clock } = create();
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
    clock.advance({ days: 1 });
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-02T00:00:00.000Z');
  });

  it.each([undefined, 'any text'])('follows fake timers (deterministic: %s)', async (deterministic) => {
    vi.useFakeTimers({ now: Date.UTC(2031, 0, 1), toFake: ['Date', 'setTimeout'] });
    const emulator = createEmulator({ bcryptRounds: 4, sessionLength: 3600, ...(deterministic && { deterministic }) });
    const answer = JSON.stringify(await ask(emulator, DOCUMENT));
    const [sessionToken = ''] = /r:\w{32}/.exec(answer) ?? [];
    const headers = { 'X-Parse-Session-Token': sessionToken };
    expect(answer).toContain('2031-01-01T00:00:00.000Z');
    expect(await ask(emulator, '{ viewer { user { username } } }', { headers })).toHaveProperty('data');
    vi.advanceTimersByTime(3_601_000);
    expect(await ask(emulator, '{ viewer { user { username } } }', { headers })).toEqual({
      code: 209,
      error: 'Session token is expired.',
    });
  });

  it('answers while all timers are fake', async () => {
    vi.useFakeTimers();
    expect(await ask(create(), DOCUMENT)).toHaveProperty('data.signUp.viewer.user.username', 'ann');
  });

  it('makes hashes without a timer, which may be a fake one from the start, and so keeps requests in their order', async () => {
    for (const passwords of [bcryptPasswords, seededPasswords('any text')]) {
      const order: string[] = [];
      void passwords
        .hash('secret', 5)
        .then((hash) => passwords.compare('secret', hash))
        .then(() => order.push('slow'));
      void passwords.hash('secret', 4).then(() => order.push('quick'));
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      expect(order).toEqual(['quick', 'slow']);
    }
  });
});
