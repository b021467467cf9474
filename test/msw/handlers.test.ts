import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEmulator } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';
import { eventually } from '../support/eventually.ts';

const emulator = createEmulator({ bcryptRounds: 4 });
const server = setupServer(...createHandlers(emulator));

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(async () => {
  server.resetHandlers();
  await emulator.reset();
});
afterAll(() => server.close());

const post = async (url: string, query: string, headers: Record<string, string> = {}): Promise<unknown> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
};

const SIGN_UP =
  'mutation { signUp(input: { fields: { username: "ann", password: "secret" } }) { viewer { sessionToken user { username } } } }';

describe('createHandlers', () => {
  it.each(['http://localhost:1337/graphql', 'https://api.example.com/graphql', 'https://api.example.com/a/b/graphql'])(
    'answers at %s',
    async (url) => {
      expect(await post(url, '{ health }')).toEqual({ data: { health: true } });
    },
  );

  it('answers REST beside it', async () => {
    await post('http://localhost:1337/graphql', SIGN_UP);
    const response = await fetch('http://localhost:1337/parse/login?username=ann&password=secret', {
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
    });
    expect(await response.json()).toMatchObject({ username: 'ann', sessionToken: expect.stringMatching(/^r:/) });
  });

  it('answers a GET, a syntax error and a body without a query as a Parse Server does', async () => {
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
    const get = await fetch('http://localhost:1337/graphql?query=%7Bhealth%7D', { headers });
    expect(await get.json()).toEqual({ data: { health: true } });
    expect(await post('http://localhost:1337/graphql', '{ nonsense')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
    const empty = await fetch('http://localhost:1337/graphql', {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect(empty.status).toBe(400);
  });

  it('a handler of the test wins over it', async () => {
    server.use(http.post('*/graphql', () => HttpResponse.json({ data: { health: 'mine' } })));
    expect(await post('http://localhost:1337/graphql', '{ health }')).toEqual({ data: { health: 'mine' } });
  });

  it('leaves a request for other fields to the next handler, its body unread', async () => {
    server.use(
      ...createHandlers(emulator),
      http.post('*/graphql', async ({ request }) => HttpResponse.json({ read: await request.json() })),
    );
    const query = 'query Weather { weather(city: "Rome") { degrees } }';
    expect(await post('http://localhost:1337/graphql', query)).toEqual({ read: { query } });
    expect(await post('http://localhost:1337/graphql', '{ health }')).toEqual({ data: { health: true } });
  });

  it('looks through fragments and aliases for its own fields', async () => {
    server.use(
      ...createHandlers(emulator),
      http.post('*/graphql', () => HttpResponse.json('elsewhere')),
    );
    const query = 'query { ...All } fragment All on Query { ok: health }';
    expect(await post('http://localhost:1337/graphql', query)).toEqual({ data: { ok: true } });
  });

  it("answers other fields with Parse's error where `unknown` is 'error'", async () => {
    server.use(...createHandlers(emulator, { unknown: 'error' }));
    expect(await post('http://localhost:1337/graphql', '{ weather }')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  it("lets listeners of MSW's events read the request and the answer", async () => {
    const read: unknown[] = [];
    const remember = async ({ request, response }: { request: Request; response?: Response }): Promise<void> => {
      read.push(await Promise.all([request.clone().json(), response?.clone().json()]));
    };
    for (const name of ['request:match', 'request:end'] as const) server.events.on(name, remember);
    server.events.on('response:mocked', remember);
    try {
      await post('http://localhost:1337/graphql', '{ health }');
      await eventually(() => expect(read).toHaveLength(3));
    } finally {
      server.events.removeAllListeners();
    }
    const query = { query: '{ health }' };
    expect(read).toEqual(
      expect.arrayContaining([
        [query, undefined],
        [query, { data: { health: true } }],
      ]),
    );
  });

  it.each([
    ['http://localhost:80/graphql', 'http://localhost/graphql'],
    ['https://API.example.com:443/graphql', 'https://api.example.com/graphql'],
  ])('listens at %s, which requests have as %s', async (url, asked) => {
    server.use(...createHandlers({ masterKey: 'OTHER', appId: 'OTHER' }, { url }));
    expect(await post(asked, '{ health }', { 'X-Parse-Application-Id': 'OTHER' })).toEqual({ data: { health: true } });
  });

  it('listens at a path of the page, and refuses one where there is no page', async () => {
    expect(() => createHandlers(emulator, { url: '/graphql' })).toThrow("Say '*/graphql' for any origin");
    vi.stubGlobal('location', new URL('http://page.example:3000/app'));
    try {
      server.use(...createHandlers({ appId: 'OTHER' }, { url: '/graphql' }));
      const headers = { 'X-Parse-Application-Id': 'OTHER' };
      expect(await post('http://page.example:3000/graphql', '{ health }', headers)).toEqual({ data: { health: true } });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('listens at the address it was given, under whatever name', async () => {
    server.resetHandlers(...createHandlers(emulator, { url: 'https://api.example.com/v1/gql' }));
    expect(await post('https://api.example.com/v1/gql', '{ health }')).toEqual({ data: { health: true } });
    const rest = await fetch('https://api.example.com/v1/parse/health');
    expect(await rest.json()).toEqual({ status: 'ok' });
    await expect(post('https://other.example.com/graphql', '{ health }')).rejects.toThrow();
  });

  it.each([
    ['graphql', 'a path relative to nothing'],
    ['localhost:1337/graphql', 'a path relative to nothing'],
    ['https://api.example.com/graphql?x=1', 'what follows'],
    ['https://api.example.com', 'no path'],
    ['', 'not an address'],
    ['/my graphql', 'white space'],
  ])('refuses %j, which MSW would never match', (url, reason) => {
    expect(() => createHandlers(emulator, { url })).toThrow(reason);
  });

  it('of two emulators share nothing', async () => {
    const other = createEmulator({ bcryptRounds: 4 });
    server.resetHandlers(
      ...createHandlers(emulator, { url: 'https://one.example.com/graphql' }),
      ...createHandlers(other, { url: 'https://two.example.com/graphql' }),
    );
    expect(await post('https://one.example.com/graphql', SIGN_UP)).toMatchObject({ data: { signUp: {} } });
    expect(await post('https://two.example.com/graphql', SIGN_UP)).toMatchObject({ data: { signUp: {} } });
    expect(emulator.snapshot()['_User']).toHaveLength(1);
    expect(other.snapshot()['_User']).toHaveLength(1);
  });

  it('takes options in place of an emulator', async () => {
    server.resetHandlers(...createHandlers({ appId: 'MINE', bcryptRounds: 4 }));
    expect(await post('http://localhost/graphql', '{ health }', { 'X-Parse-Application-Id': 'MINE' })).toEqual({
      data: { health: true },
    });
  });
});

describe('an emulator with paths of its own', () => {
  const own = createEmulator({ mountPath: '/api/parse', graphQLPath: '/api/gql' });

  it('is answered for at these', async () => {
    server.use(...createHandlers(own));
    expect(await post('https://own.example/x/api/gql', '{ health }')).toEqual({ data: { health: true } });
    const response = await fetch('https://own.example/api/parse/functions/parse', {
      method: 'POST',
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
    });
    expect(await response.json()).toEqual({ code: 141, error: 'Invalid function: "parse"' });
  });

  it('is reached at an address of the test, REST beside it', async () => {
    server.use(...createHandlers(() => own, { url: 'https://own.example/api/graphql' }));
    expect(await post('https://own.example/api/graphql', '{ health }')).toEqual({ data: { health: true } });
    expect(await (await fetch('https://own.example/api/parse/health')).json()).toEqual({ status: 'ok' });
  });
});

describe('cloud code behind handlers', () => {
  it('answers functions, and its triggers see what is written', async () => {
    const cloud = createEmulator({
      bcryptRounds: 4,
      cloud: (Parse) => {
        Parse.Cloud.define(
          'hello',
          ({ user }: { user?: { get(name: string): string } }) => `Hello, ${user?.get('username')}`,
        );
        Parse.Cloud.beforeSave(Parse.User, ({ object }: { object: { set(name: string, value: unknown): void } }) => {
          object.set('nickname', 'the new one');
        });
      },
    });
    server.use(...createHandlers(cloud, { url: 'https://cloud.example.com/graphql' }));
    const address = 'https://cloud.example.com/graphql';
    const signedUp = await post(address, SIGN_UP);
    const { signUp } = (signedUp as { data: { signUp: { viewer: { sessionToken: string } } } }).data;
    const headers = { 'X-Parse-Session-Token': signUp.viewer.sessionToken };
    expect(
      await post(address, 'mutation { callCloudCode(input: { functionName: hello }) { result } }', headers),
    ).toEqual({ data: { callCloudCode: { result: 'Hello, ann' } } });
    expect(await post(address, '{ viewer { user { nickname } } }', headers)).toEqual({
      data: { viewer: { user: { nickname: 'the new one' } } },
    });
    await cloud.close();
  });
});
