import { describe, expect, it, vi } from 'vitest';
import type { HttpRequest } from '../../../src/http/wire/message.ts';
import { createClock } from '../../../src/operations/clock.ts';
import { FixtureError } from '../../../src/operations/fixtures/mistake.ts';
import { createOutbox } from '../../../src/operations/outbox.ts';
import type { EmulatorOptions } from '../../../src/options/table.ts';
import { CONTROL, createFakeApp, jsonOf, post } from '../../support/fake-app.ts';

const MAIL = { kind: 'verifyEmail' as const, to: 'a@b', subject: '', text: '', link: '', sentAt: '' };

const createFilledOutbox = () => {
  const { outbox, add } = createOutbox();
  add(MAIL);
  return outbox;
};

const createControl = () => ({
  ...CONTROL,
  outbox: createFilledOutbox(),
  clearOutbox: vi.fn(),
  reset: vi.fn(async () => undefined),
  seed: vi.fn((fixtures: unknown) => {
    if (JSON.stringify(fixtures).includes('bad'))
      throw new FixtureError('_User[2].email', '"bad" is not a valid email address');
    if (JSON.stringify(fixtures).includes('bug')) throw new TypeError('a secret of the inside');
  }),
  snapshot: vi.fn(() => ({ _User: [] })),
  restore: vi.fn(),
  clock: { ...createClock({ stands: true }), advance: vi.fn() },
});

const create = (options: EmulatorOptions = {}) => {
  const control = createControl();
  const { handle } = createFakeApp(options, { control });
  const ask = async (
    method: string,
    path: string,
    body: unknown = '',
    headers: HttpRequest['headers'] = { host: 'localhost:1337' },
    peer?: string,
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await handle({
      method,
      url: path.startsWith('http') ? path : `/emulator${path}`,
      headers,
      body: text,
      peer,
    });
    return [answer.status, jsonOf(answer)];
  };
  return { control, handle, ask };
};

describe('the control routes', () => {
  it('do what they are named for', async () => {
    const { ask, control } = create();
    expect(await ask('GET', '/outbox')).toEqual([200, [expect.objectContaining({ to: 'a@b' })]]);
    expect(await ask('DELETE', '/outbox')).toEqual([200, {}]);
    expect(await ask('POST', '/reset')).toEqual([200, {}]);
    expect(await ask('POST', '/seed', { _User: [] })).toEqual([200, {}]);
    expect(await ask('GET', '/state')).toEqual([200, { _User: [] }]);
    expect(await ask('PUT', '/state', { _User: [] })).toEqual([200, {}]);
    expect(await ask('POST', '/clock', { hours: 2 })).toEqual([
      200,
      { now: '2026-01-01T00:00:00.000Z', isStopped: false },
    ]);
    expect(control.clearOutbox).toHaveBeenCalledOnce();
    expect(control.reset).toHaveBeenCalledOnce();
    expect(control.seed).toHaveBeenCalledWith({ _User: [] }, { ifEmpty: false });
    expect(control.restore).toHaveBeenCalledWith({ _User: [] });
    expect(control.clock.advance).toHaveBeenCalledWith({ hours: 2 });
  });

  it('tell a bug from what the caller can put right', async () => {
    const { ask } = create();
    expect(await ask('POST', '/seed', { _User: 'bug' })).toEqual([500, { code: 1, message: 'Internal server error.' }]);
  });

  it('say in a sentence what is wrong', async () => {
    const { ask } = create();
    expect(await ask('POST', '/seed', { _User: 'bad' })).toEqual([
      400,
      { error: '_User[2].email: "bad" is not a valid email address' },
    ]);
    expect(await ask('POST', '/seed', '{ not JSON')).toEqual([400, { error: expect.any(String) }]);
    expect(await ask('GET', '/nowhere')).toEqual([404, { error: 'There is no control route GET /emulator/nowhere.' }]);
    expect(await ask('PUT', '/outbox')).toEqual([404, { error: 'There is no control route PUT /emulator/outbox.' }]);
  });

  it.each([
    [{ host: 'localhost' }],
    [{ host: 'LOCALHOST:80' }],
    [{ host: '127.0.0.1:1337' }],
    [{ host: '127.1.2.3' }],
    [{ host: '[::1]:1337' }],
    [{ host: 'app.localhost:3000' }],
    [{ host: 'localhost', origin: 'http://localhost:3000' }],
    [{ host: 'localhost', origin: 'https://127.0.0.1' }],
    [{}],
  ])('answer to %j', async (headers) => {
    expect((await create().ask('GET', '/outbox', '', headers))[0]).toBe(200);
  });

  it.each([
    [{ host: 'evil.example:1337' }],
    [{ host: 'localhost.evil.example' }],
    [{ host: '127.0.0.1.evil.example' }],
    [{ host: '127.0.0.1@evil.example' }],
    [{ host: 'evil.example#localhost' }],
    [{ host: '192.168.1.2' }],
    [{ host: '0.0.0.0' }],
    [{ host: '' }],
    [{ host: 'localhost', origin: 'https://evil.example' }],
    [{ host: 'localhost', origin: 'http://localhost.evil.example' }],
    [{ host: 'localhost', origin: 'null' }],
    [{ host: 'localhost', origin: 'file://' }],
    [{ host: 'localhost', origin: 'http://localhost, https://evil.example' }],
    [{ host: 'localhost, evil.example' }],
  ])('refuse %j, and do nothing', async (headers) => {
    const { ask, control } = create();
    expect((await ask('POST', '/reset', '', headers))[0]).toBe(403);
    expect(control.reset).not.toHaveBeenCalled();
  });

  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', undefined])(
    'answer to the address %s',
    async (peer) => {
      expect((await create().ask('GET', '/outbox', '', { host: 'localhost' }, peer))[0]).toBe(200);
    },
  );

  it.each(['192.168.1.2', '::ffff:172.17.0.1', 'fe80::1'])(
    'ask the address %j for the master key, by a loopback name all the same',
    async (peer) => {
      const { ask, control } = create({ masterKey: 'own', masterKeyIps: ['0.0.0.0/0', '::/0'] });
      const key = { 'x-parse-master-key': 'own' };
      const statusOf = async (headers: HttpRequest['headers']) => (await ask('POST', '/reset', '', headers, peer))[0];
      expect(await statusOf({ host: 'localhost' })).toBe(403);
      expect(await statusOf({ host: 'localhost', 'x-parse-master-key': 'wrong' })).toBe(403);
      expect(await statusOf({ host: 'evil.example', ...key })).toBe(403);
      expect(await statusOf({ host: 'localhost', origin: 'https://evil.example', ...key })).toBe(403);
      expect(control.reset).not.toHaveBeenCalled();
      expect(await statusOf({ host: 'localhost', ...key })).toBe(200);
      expect(control.reset).toHaveBeenCalledOnce();
    },
  );

  it.each(['192.168.1.2', '127.0.0.1.evil', ''])(
    'refuse the default key, and any by default, from the address %j',
    async (peer) => {
      const headers = { host: 'localhost', 'x-parse-master-key': 'MASTER_KEY' };
      expect((await create().ask('POST', '/reset', '', headers, peer))[0]).toBe(403);
      expect((await create({ masterKeyIps: ['0.0.0.0/0'] }).ask('POST', '/reset', '', headers, peer))[0]).toBe(403);
      const own = { ...headers, 'x-parse-master-key': 'own' };
      expect((await create({ masterKey: 'own' }).ask('POST', '/reset', '', own, peer))[0]).toBe(403);
    },
  );

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'x-parse-master-key': 'MASTER_KEY' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:3000' }, 200], // to a browser, localhost is another site
    [{ 'sec-fetch-site': 'same-site' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
  ])('answer a browser that says %j with %i', async (headers, status) => {
    expect((await create().ask('GET', '/outbox', '', { host: 'localhost', ...headers }))[0]).toBe(status);
  });

  it.each([
    ['GET', '/emulator/outbox', 'http://localhost:3000', true],
    ['OPTIONS', '/emulator/state', 'http://localhost:3000', true],
    ['GET', '/emulator/nowhere', 'http://app.localhost', true],
    ['GET', '/emulator/outbox', undefined, false],
    ['GET', '/emulator/outbox', 'null', false],
    ['GET', '/emulator/outbox', 'https://elsewhere.example', false],
    ['OPTIONS', '/emulator/state', 'https://elsewhere.example', false],
  ])(
    '%s %s keeps nothing in caches, and tells the origin %s whether it may read: %s',
    async (method, url, origin, may) => {
      const { headers } = await create({ allowOrigin: ['https://elsewhere.example', '*'] }).handle({
        method,
        url,
        headers: { host: 'localhost', origin },
        body: '',
      });
      expect(headers['access-control-allow-origin']).toBe(may ? origin : undefined);
      expect(headers['vary']).toBe('Origin');
      if (method === 'OPTIONS') return;
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    },
  );

  it('look at the host of an absolute URL, too', async () => {
    const { ask } = create();
    expect((await ask('GET', 'http://localhost:1337/emulator/outbox', '', {}))[0]).toBe(200);
    expect((await ask('GET', 'http://evil.example/emulator/outbox', '', {}))[0]).toBe(403);
    expect((await ask('GET', 'http://evil.example/emulator/outbox', '', { host: 'localhost' }))[0]).toBe(403);
  });
});

describe('GET /emulator/requests', () => {
  it('shows the last hundred requests without their secrets', async () => {
    const { ask, handle } = create();
    const headers = {
      'x-parse-session-token': 'r:0123456789abcdef0123456789abcdef',
      'x-parse-master-key': 'MASTER_KEY',
      authorization: `Basic ${btoa('APPLICATION_ID:MASTER_KEY')}`,
    };
    await handle(
      post(
        {
          query: 'mutation L($p: String!) { logIn(input: { username: "ann", password: $p }) { ok } }',
          variables: { p: 'top secret' },
        },
        headers,
      ),
    );
    await handle({ method: 'GET', url: '/parse/login?username=ann&password=top+secret', headers, body: '' });
    for (let count = 0; count < 98; count++) await handle(post({ query: '{ health }' }));
    await ask('GET', '/outbox');
    const [, requests] = await ask('GET', '/requests');
    expect(requests).toMatchObject([
      {
        at: '2030-01-01T00:00:00.000Z',
        method: 'POST',
        url: '/graphql',
        status: 200,
        body: { variables: { p: '***' } },
      },
      { method: 'GET', url: '/parse/login?username=ann&password=***' },
      ...Array(98).fill({ body: { query: '{ health }' } }),
    ]);
    expect(JSON.stringify(requests)).not.toMatch(/top|MASTER_KEY|0123456789abcdef|QVBQ/);
  });
});

it('takes no state for none', async () => {
  const { ask, control } = create();
  expect(await ask('PUT', '/state')).toEqual([400, { error: expect.stringContaining('nothing is changed') }]);
  expect(control.restore).not.toHaveBeenCalled();
});

it('holds a caller whose address is not known for one from elsewhere', async () => {
  const { ask, control } = create();
  expect(await ask('POST', '/reset', '', undefined, '')).toEqual([403, { error: expect.any(String) }]);
  expect(control.reset).not.toHaveBeenCalled();
});
