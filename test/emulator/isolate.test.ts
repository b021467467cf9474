import { http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createScope } from '../../src/emulator/scope.ts';
import { createEmulator } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';
import { ADDRESS, ask, HEADERS, signUp, usernames } from '../support/ask.ts';
import { turns } from '../support/eventually.ts';

const emulator = createEmulator({ bcryptRounds: 4 });
const server = setupServer(...createHandlers(emulator, { resets: true }));

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  await emulator.seed({ _User: [{ username: 'seeded', password: 'secret' }] });
});
afterAll(() => server.close());

describe.concurrent('tests that run at once, each isolated', () => {
  it.each(['ann', 'ben', 'cat'])('%s sees the seed and itself', (username) =>
    server.boundary(() =>
      emulator.isolate(async (mine) => {
        await ask(globalThis, signUp(username));
        await turns();
        await ask(globalThis, signUp(`${username}2`));
        expect(usernames(mine)).toEqual(['seeded', username, `${username}2`]);
        expect(usernames(emulator)).toEqual(usernames(mine));
        server.resetHandlers();
        expect(usernames(emulator)).toEqual(['seeded']);
        await ask(globalThis, signUp(username));
        expect(usernames(emulator)).toEqual(['seeded', username]);
      }),
    )(),
  );
});

describe('isolate', () => {
  it('leaves the shared state alone, answers what the test answers, and passes its failure on', async () => {
    expect(await emulator.isolate(() => ask(emulator, signUp('dan')))).toMatchObject({ data: { signUp: {} } });
    await expect(emulator.isolate(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(usernames(emulator)).toEqual(['seeded']);
  });

  it('begins with the present state and time, and can be done within itself', async () => {
    await emulator.isolate(async (outer) => {
      await ask(emulator, signUp('outer'));
      outer.clock.advance({ hours: 1 });
      await emulator.isolate(async (inner) => {
        await ask(emulator, signUp('inner'));
        expect(usernames(inner)).toEqual(['seeded', 'outer', 'inner']);
        const real = Date.now();
        expect(inner.clock.now() - real).toBeGreaterThanOrEqual(3_600_000);
      });
      expect(usernames(outer)).toEqual(['seeded', 'outer']);
    });
  });

  it('hands over a fork for `server.use` where the platform has no flows', async () => {
    expect(createScope<number>(undefined).run(1, () => createScope<number>(undefined).get())).toBeUndefined();
    const mine = emulator.fork();
    await server.boundary(async () => {
      server.use(...createHandlers(mine));
      await ask(globalThis, signUp('eve'));
    })();
    expect(usernames(mine)).toEqual(['seeded', 'eve']);
    expect(usernames(emulator)).toEqual(['seeded']);
  });
});

describe('createHandlers', () => {
  it('with `resets` goes back to the seed on server.resetHandlers(), at once', async () => {
    await ask(globalThis, signUp('fay'));
    server.resetHandlers();
    expect(usernames(emulator)).toEqual(['seeded']);
    expect(await ask(globalThis, '{ health }')).toEqual({ data: { health: true } });
  });

  it('with `resets` refuses an MSW that never resets its handlers', () => {
    const handler = vi.spyOn(http, 'all').mockReturnValueOnce(Object.create(null));
    expect(() => createHandlers(emulator, { resets: true })).toThrow('MSW 2.14 or newer');
    handler.mockRestore();
  });

  it('takes a function that finds the emulator', async () => {
    const mine = createEmulator({ bcryptRounds: 4 });
    server.use(...createHandlers(() => mine));
    await ask(globalThis, signUp('gus'));
    expect(usernames(mine)).toEqual(['gus']);
    server.resetHandlers();
  });
});

describe('apps', () => {
  const shared = createEmulator({ bcryptRounds: 4, apps: ['worker-1', 'worker-2'], verifyUserEmails: true });
  const asWorker = (number: number) => ({ headers: { 'X-Parse-Application-Id': `worker-${number}` } });
  const fetchOf = (path: string, init?: RequestInit) => shared.fetch(new Request(`${ADDRESS}${path}`, init));

  it('have a state each, which begins with the seed', async () => {
    await shared.seed({ _User: [{ username: 'seeded', password: 'secret' }] });
    await ask(shared, signUp('ann'), asWorker(1));
    await ask(shared, signUp('ann'), asWorker(2));
    expect(usernames(shared.app('worker-1'))).toEqual(['seeded', 'ann']);
    expect(usernames(shared.app('worker-2'))).toEqual(['seeded', 'ann']);
    expect(usernames(shared)).toEqual(['seeded']);
    expect(shared.app('APPLICATION_ID')).toBe(shared);
  });

  it('are refused when they are not named', async () => {
    expect(await ask(shared, '{ health }', asWorker(3))).toEqual({ error: 'unauthorized' });
    expect(() => shared.app('worker-3')).toThrow('name it in the option apps');
    expect(await ask(createEmulator({ apps: 'any' }), '{ health }', asWorker(3))).toEqual({ data: { health: true } });
    expect(() => createEmulator({ apps: ['a', ''] })).toThrow('apps');
  });

  it('are found by headers, by the body of the SDK, by basic authentication, and by the path of a mailed link', async () => {
    const one = shared.app('worker-1');
    const body = JSON.stringify({ _ApplicationId: 'worker-1', username: 'sdk', password: 'secret', email: 'a@b.c' });
    await fetchOf('/parse/users', { method: 'POST', body });
    const basic = { authorization: `Basic ${btoa('worker-1:')}`, 'content-type': 'application/json' };
    await fetchOf('/parse/users', { method: 'POST', headers: basic, body: '{"username":"ben","password":"x"}' });
    expect(usernames(one)).toEqual(['seeded', 'ann', 'sdk', 'ben']);
    const link = new URL(one.outbox[0]?.link ?? '');
    await fetchOf(`${link.pathname}${link.search}`);
    expect(one.snapshot()['_User']?.[2]).toMatchObject({ emailVerified: true });
  });

  it('show the pages that a mailed link leads to, each its own', async () => {
    const elsewhere = createEmulator({ apps: 'any', pages: { forceRedirect: true }, serverURL: `${ADDRESS}/parse` });
    const one = elsewhere.app('worker-1');
    await one.users.create({ username: 'ann', email: 'ann@example.com' });
    const headers = { 'X-Parse-Application-Id': 'worker-1' };
    const ask = (url: string, init?: RequestInit) => elsewhere.fetch(new Request(url, init));
    const body = '{"email":"ann@example.com"}';
    await ask(`${ADDRESS}/parse/requestPasswordReset`, { method: 'POST', headers, body });
    const { headers: found } = await ask(one.outbox[0]?.link ?? '');
    const page = await (await ask(found.get('location') ?? '')).text();
    expect(/action="([^"]+)"/.exec(page)?.[1]).toBe(`${ADDRESS}/parse/apps/worker-1/request_password_reset`);
  });

  it('are forked with the emulator, and share nothing with those of the fork', async () => {
    const whole = createEmulator({ apps: 'any' });
    await whole.app('worker-1').users.create({ username: 'ann' });
    await whole.isolate(async () => {
      await whole.app('worker-1').users.create({ username: 'ben' });
      expect(usernames(whole.app('worker-1'))).toEqual(['ann', 'ben']);
      expect(usernames(whole.app('worker-2'))).toEqual([]);
    });
    expect(usernames(whole.app('worker-1'))).toEqual(['ann']);
  });

  it('are reset one by one, by header or by `appId`', async () => {
    await fetchOf('/emulator/reset', { method: 'POST', headers: HEADERS });
    await fetchOf('/emulator/reset?appId=worker-1', { method: 'POST' });
    expect(usernames(shared.app('worker-1'))).toEqual(['seeded']);
    expect(usernames(shared.app('worker-2'))).toEqual(['seeded', 'ann']);
  });
});

it('resets a fork to the time that it began with', async () => {
  const emulator = createEmulator({ deterministic: 'clock' });
  emulator.clock.advance({ hours: 2 });
  const fork = emulator.fork();
  fork.clock.advance({ hours: 3 });
  await fork.reset();
  expect(fork.clock.now() - createEmulator({ deterministic: 'clock' }).clock.now()).toBe(2 * 3_600_000);
});

it('refuses a time that no date can tell, and goes on', () => {
  const { clock } = createEmulator({ deterministic: 'clock' });
  const before = clock.now();
  expect(() => clock.advance({ days: 1_000_000_000 })).toThrow('year 9999');
  expect(clock.now()).toBe(before);
});

it('controls no application but the one that is named', async () => {
  const emulator = createEmulator({ bcryptRounds: 4, apps: ['w1'] });
  await ask(emulator, signUp('ann'));
  const reset = (appId: string) =>
    emulator.fetch(new Request(`http://localhost:1337/emulator/reset?appId=${appId}`, { method: 'POST' }));
  expect((await reset('wrokr')).status).toBe(403);
  expect((await reset('w1')).status).toBe(200);
  expect(usernames(emulator)).toEqual(['ann']);
  expect((await reset('APPLICATION_ID')).status).toBe(200);
  expect(usernames(emulator)).toEqual([]);
});
