import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createEmulator, type Fault } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';
import { startServer } from '../../src/node/index.ts';
import { ask, HEADERS, signUp, toRequest } from '../support/ask.ts';
import { turns } from '../support/eventually.ts';

const VIEWER = '{ viewer { user { username } } }';
const LOG_IN = 'mutation { logIn(input: { username: "ann", password: "secret" }) { viewer { sessionToken } } }';

const toGraphQL = (body: object): Request =>
  new Request('http://localhost/graphql', { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });

/** A request as the SDK for browsers makes it: all of it in the body. */
const toSdkRequest = (body: object): Request =>
  new Request('http://localhost/parse/users/me', { method: 'POST', body: JSON.stringify(body) });

const toUpload = (query: string): Request => {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { file: null } }));
  form.set('map', '{ "1": ["variables.file"] }');
  form.set('1', new Blob(['text']), 'a.txt');
  const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
  return new Request('http://localhost/graphql', { method: 'POST', headers, body: form });
};

const sha256 = async (text: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex');

const sessionOf = (answer: unknown): string => /r:\w{32}/.exec(JSON.stringify(answer))?.[0] ?? '';

describe('faults', () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  let headers: { 'X-Parse-Session-Token': string };

  beforeEach(async () => {
    await emulator.reset();
    headers = { 'X-Parse-Session-Token': sessionOf(await ask(emulator, signUp('ann'))) };
  });

  const rest = async (method: string, path: string, body?: object, more: object = {}) => {
    const response = await emulator.fetch(
      new Request(`http://localhost/parse${path}`, {
        method,
        headers: { ...HEADERS, ...more },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    return [response.status, await response.json()];
  };

  it('do something, or are refused', () => {
    for (const fault of [{ network: false }, { status: undefined }, {}] as object[]) {
      expect(() => emulator.faults.add(fault)).toThrow('does nothing');
    }
  });

  it('strike the calls inside of a batch by their own routes, and no others', async () => {
    const batch = async (more: object = {}): Promise<unknown> => {
      const requests = ['ben', 'carl'].map((username) => ({
        method: 'POST',
        path: '/parse/users',
        body: { username, password: 'secret' },
      }));
      const body = JSON.stringify({ requests, ...more });
      const request = new Request('http://localhost/parse/batch', { method: 'POST', headers: HEADERS, body });
      const response = await emulator.fetch(request);
      return [response.status, await response.json()];
    };
    const error = { code: 141, message: 'no' } as const;
    const struck = { error: { code: 141, error: 'no' } };
    emulator.faults.add({ operation: 'POST /users', error, times: 1 });
    expect(await batch()).toEqual([200, [struck, { success: expect.anything() }]]);
    expect(emulator.faults.list()).toEqual([]);
    await emulator.reset();
    emulator.faults.add({ operation: '/users', user: 'carl', error });
    expect(await batch()).toEqual([200, [{ success: expect.anything() }, struck]]);
    await emulator.reset();
    emulator.faults.add({ operation: '/users', user: 'carl', error });
    expect(await batch({ transaction: true })).toEqual([500, expect.anything()]);
    expect(emulator.snapshot()['_User'] ?? []).toEqual([]);
    await emulator.reset();
    emulator.faults.add({ operation: 'GET /users', error });
    emulator.faults.add({ error, times: 1 });
    expect(await batch()).toEqual([400, { code: 141, error: 'no' }]);
    expect(await batch()).toEqual([200, [{ success: expect.anything() }, { success: expect.anything() }]]);
    await emulator.reset();
    emulator.faults.add({ operation: 'POST /users', status: 503, error });
    expect(await batch()).toEqual([503, expect.anything()]);
  });

  it('strike of several log-ins the one of their user, whatever its variable is called', async () => {
    await emulator.users.create({ username: 'ben' });
    const user = 'viewer { user { username } }';
    const query = `mutation ($first: String!, $b: LogInInput!) {
      a: logIn(input: { username: $first, password: "secret" }) { ${user} }
      b: logIn(input: $b) { ${user} }
    }`;
    const variables = { first: 'ann', b: { username: 'ben', password: 'secret' } };
    for (const [name, alias] of [
      ['ann', 'a'],
      ['ben', 'b'],
    ] as const) {
      emulator.faults.add({ operation: 'logIn', user: name, error: { code: 101, message: 'gone' }, times: 1 });
      const { data, errors } = (await ask(emulator, query, { variables })) as { data: object; errors: object[] };
      expect(errors).toMatchObject([{ path: [alias], message: 'gone' }]);
      expect(data).toMatchObject({
        [alias]: null,
        [alias === 'a' ? 'b' : 'a']: { viewer: { user: expect.anything() } },
      });
    }
  });

  it('an error of Parse strikes the next calls of a root field, whatever it is called, and no other field', async () => {
    emulator.faults.add({ operation: 'health', error: { code: 'OBJECT_NOT_FOUND', message: 'gone' }, times: 2 });
    expect(await ask(emulator, 'query Anything { ok: health viewer { sessionToken } }', { headers })).toMatchObject({
      errors: [{ message: 'gone', path: ['ok'], extensions: { code: 101 } }],
    });
    expect(await ask(emulator, VIEWER, { headers })).toHaveProperty('data.viewer.user.username', 'ann');
    expect(emulator.faults.list()).toEqual([expect.objectContaining({ times: 1 })]);
    const get = await emulator.fetch(new Request('http://localhost/graphql?query={health}', { headers: HEADERS }));
    expect(await get.json()).toMatchObject({ errors: [{ message: 'gone' }] });
    expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
    expect(emulator.faults.list()).toEqual([]);
  });

  it('finds an operation by its name', async () => {
    emulator.faults.add({ operation: 'Page', error: { code: 1, message: 'down' } });
    expect(await ask(emulator, 'query Page { health }')).toMatchObject({ errors: [{ extensions: { code: 1 } }] });
    expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
  });

  it.each([
    ['POST /login', 'POST', '/login'],
    ['/users/*', 'GET', '/users/me'],
    ['/users/*', 'POST', '/users/me', { _method: 'GET', _ApplicationId: 'APPLICATION_ID' }],
  ])('finds the REST route %s', async (operation, method, path, body?: object) => {
    emulator.faults.add({ operation, error: { code: 101, message: 'gone' } });
    expect(await rest(method, path, body)).toEqual([404, { code: 101, error: 'gone' }]);
    expect(await rest('GET', '/health')).toEqual([200, { status: 'ok' }]);
  });

  it('answers as something before Parse Server would', async () => {
    emulator.faults.add([
      { status: 429, retryAfter: 7, times: 1 },
      { status: 503, operation: 'POST /graphql', times: 2 },
    ]);
    const response = await emulator.fetch(toRequest('{ health }'));
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      429,
      '7',
      { error: 'Too Many Requests' },
    ]);
    expect(await ask(emulator, '{ health }')).toEqual({ error: 'Service Unavailable' });
    expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
  });

  it.each([
    ['expired', 'Session token is expired.'],
    ['revoked', 'Invalid session token'],
  ] as const)(
    'a session that is %s is answered as such, on both protocols, and without one nothing is',
    async (session, error) => {
      emulator.faults.add({ session });
      expect(await ask(emulator, VIEWER, { headers })).toEqual({ code: 209, error });
      expect(await rest('GET', '/users/me', undefined, headers)).toEqual([400, { code: 209, error }]);
      expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
    },
  );

  it.each([
    ['expired', async (): Promise<void> => emulator.clock.advance({ days: 400 })],
    ['revoked', (): Promise<void> => emulator.restore({ ...emulator.snapshot(), _Session: [] })],
  ] as const)('a session that is %s by a fault is answered everywhere as one that really is', async (session, end) => {
    const master = { ...headers, 'X-Parse-Master-Key': 'MASTER_KEY' };
    const inBody = {
      _method: 'GET',
      _ApplicationId: 'APPLICATION_ID',
      _SessionToken: headers['X-Parse-Session-Token'],
    };
    const answers = async (): Promise<unknown[]> => [
      await ask(emulator, VIEWER, { headers }),
      await ask(emulator, VIEWER, { headers: master }),
      await ask(emulator, 'mutation { logOut(input: {}) { ok } }', { headers }),
      await rest('GET', '/users/me', undefined, headers),
      await rest('GET', '/users/me', undefined, master),
      (await rest('GET', '/sessions/me', undefined, headers))[0],
      (await rest('POST', '/login', { username: 'ann', password: 'secret' }, headers))[0],
      await rest('POST', '/users/me', inBody),
      await (await emulator.fetch(toSdkRequest(inBody))).json(),
    ];
    emulator.faults.add({ session });
    const struck = await answers();
    emulator.faults.clear();
    await end();
    expect(struck).toEqual(await answers());
  });

  it('finds an operation with a file, and one that is named by its hash', async () => {
    const upload = 'mutation Put($file: Upload!) { createFile(input: { upload: $file }) { fileInfo { name } } }';
    const hash = { persistedQuery: { version: 1, sha256Hash: await sha256('{ health }') } };
    const send = async (body: object): Promise<unknown> => (await emulator.fetch(toGraphQL(body))).json();
    await send({ query: '{ health }', extensions: hash });
    for (const operation of ['createFile', 'Put', undefined]) {
      emulator.faults.add({ ...(operation && { operation }), error: { code: 130, message: 'full' }, times: 1 });
      expect(await (await emulator.fetch(toUpload(upload))).json()).toMatchObject({ errors: [{ message: 'full' }] });
    }
    for (const operation of ['health', 'POST /graphql', undefined]) {
      emulator.faults.add({ ...(operation && { operation }), error: { code: 130, message: 'full' }, times: 1 });
      expect(await send({ extensions: hash })).toMatchObject({ errors: [{ message: 'full' }] });
    }
    expect(emulator.requests.slice(-4).map(({ operation }) => operation)).toEqual([
      'createFile',
      ...Array(3).fill('health'),
    ]);
    emulator.faults.add({ error: { code: 130 } });
    expect(await ask(emulator, '{ nonsense')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
  });

  it('does nothing to what a test has left under way when it was reset', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const fixed = createEmulator({ bcryptRounds: 4, deterministic: 'any text', verifyUserEmails: true });
    fixed.faults.add({ operation: 'signUp', latency: 20 });
    const left = ask(fixed, signUp('ann').replace('password', 'email: "ann@example.com", password'));
    while (vi.getTimerCount() === 0) await turns(1);
    await fixed.reset();
    fixed.intercept('signUp', () => expect.unreachable(), { once: true });
    vi.advanceTimersByTime(20);
    expect(await left).toHaveProperty('data.signUp.viewer.user.username', 'ann');
    expect([fixed.snapshot(), fixed.outbox, fixed.requests]).toEqual([{}, [], []]);
  });

  it('strikes one user, by session or by the name that logs in', async () => {
    await ask(emulator, signUp('ben'));
    emulator.faults.add({ user: 'ann', status: 503 });
    expect(await ask(emulator, VIEWER, { headers })).toEqual({ error: 'Service Unavailable' });
    expect(await ask(emulator, LOG_IN)).toEqual({ error: 'Service Unavailable' });
    expect(await rest('GET', '/login?username=ann&password=secret')).toEqual([503, { error: 'Service Unavailable' }]);
    expect(await rest('POST', '/login', { username: 'ben', password: 'secret' })).toMatchObject([200, {}]);
  });

  it('takes its time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    emulator.faults.add({ latency: [30, 40], times: 1 });
    let isAnswered = false;
    const asked = ask(emulator, '{ health }').then(() => {
      isAnswered = true;
    });
    while (vi.getTimerCount() === 0) await turns(1);
    vi.advanceTimersByTime(29);
    await turns();
    expect(isAnswered).toBe(false);
    vi.advanceTimersByTime(11);
    await asked;
  });

  it('strikes by chance, the same in every run', async () => {
    const run = async (): Promise<string> => {
      emulator.faults.add({ operation: 'health', probability: 0.5, error: { code: 1 } });
      let hits = '';
      for (let i = 0; i < 20; i++) hits += 'errors' in Object(await ask(emulator, '{ health }')) ? 'x' : '.';
      emulator.faults.clear();
      return hits;
    };
    const first = await run();
    expect(first).toMatch(/^(?=.*x)(?=.*\.)/);
    expect(await run()).toBe(first);
  });

  it('are cleared by reset', async () => {
    emulator.faults.add({ status: 503 });
    await emulator.reset();
    expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
  });

  it.each([
    [{ latncy: 3 }, 'Failed to add a fault: it has no "latncy". Did you mean "latency"?'],
    [{ latency: [5, 1] }, 'it.latency must be [least, most]'],
    [{ error: { code: 'OBJECT_NOT_FUND' } }, 'it.error.code must be the number or the name of an error'],
    [{ error: { code: 'OBJECT_NOT_FUND' } }, 'Did you mean "OBJECT_NOT_FOUND"?'],
    [[{ times: 0 }], '[0].times must be'],
    [{ probability: 2 }, 'it.probability must be'],
    [{ operation: 'logIn', times: 2 }, 'it does nothing: it needs one of latency, error'],
  ])('refuses %j', (fault, reason) => {
    expect(() => emulator.faults.add(fault as Fault)).toThrow(reason);
  });
});

describe('faults through the hosts', () => {
  const emulator = createEmulator();
  const msw = setupServer(...createHandlers(emulator, { url: 'http://msw.example/graphql' }));
  let server: Awaited<ReturnType<typeof startServer>>;

  beforeAll(async () => {
    server = await startServer({ port: 0 });
    msw.listen({ onUnhandledRequest: 'bypass' });
  });
  afterAll(async () => {
    msw.close();
    await server.close();
  });
  afterEach(async () => {
    await emulator.reset();
    await server.emulator.reset();
  });

  const send = (url: string): Promise<Response> =>
    fetch(url, { method: 'POST', headers: HEADERS, body: JSON.stringify({ query: '{ health }' }) });

  const hosts = () => [
    { url: 'http://msw.example/graphql', subject: emulator },
    { url: `${server.url}/graphql`, subject: server.emulator },
  ];

  it('a network failure rejects', async () => {
    for (const { url, subject } of hosts()) {
      subject.faults.add({ network: true, times: 1 });
      await expect(send(url)).rejects.toThrow(TypeError);
      expect((await send(url)).status).toBe(200);
      expect(subject.requests.map(({ status }) => status)).toEqual([0, 200]);
    }
  });

  it('an answer that is cut has a status, and a body that breaks off', async () => {
    for (const { url, subject } of hosts()) {
      subject.faults.add({ cut: true, times: 1 });
      const response = await send(url);
      expect(response.status).toBe(200);
      await expect(response.json()).rejects.toThrow();
      expect(await (await send(url)).json()).toEqual({ data: { health: true } });
    }
  });

  it('are set, listed and cleared by control routes', async () => {
    const control = async (method: string, body?: object) => {
      const response = await fetch(`${server.url}/emulator/faults`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      });
      return [response.status, await response.json()];
    };
    expect(await control('POST', { status: 503 })).toEqual([200, [{ status: 503 }]]);
    expect((await send(`${server.url}/graphql`)).status).toBe(503);
    expect(await control('GET')).toEqual([200, [{ status: 503 }]]);
    expect(await control('DELETE')).toEqual([200, {}]);
    expect((await send(`${server.url}/graphql`)).status).toBe(200);
    expect(await control('POST', { statu: 503 })).toEqual([
      400,
      { error: 'Failed to add a fault: it has no "statu". Did you mean "status"?' },
    ]);
  });
});
