import { beforeEach, describe, expect, it } from 'vitest';
import { createEmulator, ParseError } from '../../src/index.ts';
import { ask, HEADERS, signUp, toRequest } from '../support/ask.ts';

const emulator = createEmulator({ bcryptRounds: 4 });
const LOG_IN =
  'mutation ($password: String!) { in: logIn(input: { username: "ann", password: $password }) { viewer { sessionToken user { username } } } }';
const variables = { password: 'secret' };

beforeEach(async () => {
  await emulator.reset();
  await ask(emulator, signUp('ann'));
});

describe('intercept', () => {
  it('refuses once in place of a root field, of an anonymous operation and under an alias', async () => {
    emulator.intercept(
      'logIn',
      () => {
        throw new ParseError(101, 'Not today');
      },
      { once: true },
    );
    expect(await ask(emulator, LOG_IN, { variables })).toMatchObject({
      errors: [{ message: 'Not today', path: ['in'], extensions: { code: 101 } }],
      data: { in: null },
    });
    expect(await ask(emulator, LOG_IN, { variables })).toHaveProperty('data.in.viewer.user.username', 'ann');
  });

  it('answers in the form that a client sees, until it is ended', async () => {
    const viewer = { sessionToken: 'r:mine', user: { username: 'mine' } };
    const end = emulator.intercept('logIn', ({ args }) => ({ viewer, args }));
    expect(await ask(emulator, LOG_IN, { variables })).toEqual({ data: { in: { viewer } } });
    end();
    expect(await ask(emulator, LOG_IN, { variables })).not.toEqual({ data: { in: { viewer } } });
  });

  it('answers a field of several types by the name of one', async () => {
    emulator.intercept('node', ({ args }) => ({ __typename: 'User', id: args['id'], username: 'mine' }));
    expect(await ask(emulator, '{ node(id: "x") { __typename id ... on User { username } } }')).toEqual({
      data: { node: { __typename: 'User', id: 'x', username: 'mine' } },
    });
    const id = btoa(`_User:${emulator.snapshot()['_User']?.[0]?.['objectId']}`);
    emulator.intercept('node', ({ proceed }) => proceed());
    const headers = { 'X-Parse-Master-Key': 'MASTER_KEY' };
    expect(await ask(emulator, `{ node(id: "${id}") { ... on User { username } } }`, { headers })).toEqual({
      data: { node: { username: 'ann' } },
    });
  });

  it('shows the user who asks without secrets', async () => {
    let seen: unknown;
    emulator.intercept('health', ({ user }) => {
      seen = user;
      return undefined;
    });
    await ask(emulator, '{ health }', { headers: await emulator.headersFor('ann') });
    expect(seen).toMatchObject({ username: 'ann' });
    expect(JSON.stringify(seen)).not.toContain('_hashed_password');
  });

  it('changes a member of what the emulator answers', async () => {
    emulator.intercept('viewer', async ({ proceed }) => {
      const viewer = Object(await proceed());
      return { ...viewer, user: { ...viewer.user, username: 'other' } };
    });
    const headers = await emulator.headersFor('ann');
    expect(await ask(emulator, '{ viewer { user { username objectId } } }', { headers })).toEqual({
      data: { viewer: { user: { username: 'other', objectId: expect.any(String) } } },
    });
  });

  it('takes an answer for plain whatever its members are called', async () => {
    emulator.intercept('viewer', () => ({ user: { username: 'plain', className: 'Math 101', record: 'gold' } }));
    expect(await ask(emulator, '{ viewer { user { username } } }')).toEqual({
      data: { viewer: { user: { username: 'plain' } } },
    });
  });

  it('changes what the emulator answers, and lets it answer', async () => {
    emulator.intercept('users', async ({ proceed }) => ({ ...Object(await proceed()), count: 1000 }));
    const headers = { 'X-Parse-Master-Key': 'MASTER_KEY' };
    expect(await ask(emulator, '{ users { count edges { node { username } } } }', { headers })).toEqual({
      data: { users: { count: 1000, edges: [{ node: { username: 'ann' } }] } },
    });
    emulator.intercept('users', () => undefined);
    expect(await ask(emulator, '{ users { count } }', { headers })).toEqual({ data: { users: { count: 1000 } } });
  });

  it('meets a GET, and is told who asks', async () => {
    emulator.intercept('health', ({ isMaster }) => isMaster);
    const get = (headers: HeadersInit) =>
      emulator.fetch(new Request('http://localhost/graphql?query={health}', { headers }));
    expect(await (await get(HEADERS)).json()).toEqual({ data: { health: false } });
    expect(await (await get({ ...HEADERS, 'X-Parse-Master-Key': 'MASTER_KEY' })).json()).toEqual({
      data: { health: true },
    });
  });

  it('is none of the business of an emulator with the same schema, and ends with reset', async () => {
    emulator.intercept('health', () => false);
    expect(await ask(createEmulator(), '{ health }')).toEqual({ data: { health: true } });
    await emulator.reset();
    expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
  });

  it('refuses a field that there is none of', () => {
    expect(() => emulator.intercept('login', () => null)).toThrow('Did you mean "logIn"?');
  });
});

describe('requests', () => {
  it('tell operation, variables without secrets, answer and time', async () => {
    await ask(emulator, LOG_IN, { variables });
    await ask(emulator, 'query Page { health viewer { sessionToken } }');
    await emulator.fetch(new Request('http://localhost/parse/health'));
    const [, logIn, page, rest] = emulator.requests;
    expect(logIn).toMatchObject({
      operation: 'logIn',
      variables: { password: '***' },
      status: 200,
      answer: { data: { in: { viewer: { sessionToken: '***', user: { username: 'ann' } } } } },
      milliseconds: expect.any(Number),
    });
    expect(page).toMatchObject({
      operation: 'health viewer',
      operationName: 'Page',
      answer: { errors: [{ extensions: { code: 209 } }] },
    });
    expect(rest).toMatchObject({ operation: 'GET /health', answer: { status: 'ok' } });
    await emulator.reset();
    expect(emulator.requests).toEqual([]);
  });

  it('tell the codes of errors, and what is long by its name', async () => {
    await ask(emulator, '{ helth }');
    await ask(emulator, `{ health } # ${'x'.repeat(50_000)}`);
    await emulator.fetch(toRequest(`{ health } # ${'x'.repeat(200_000)}`));
    const [, refused, long, longer] = emulator.requests;
    expect(refused).toMatchObject({ answer: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] } });
    expect(long).toMatchObject({ operation: 'health', body: { query: expect.stringContaining('xxx') } });
    expect(longer).toMatchObject({ operation: 'health', body: '(too long to keep)', status: 413 });
  });

  it('repeat no secret that an error, a batch, a form or an address does', async () => {
    const logIn = (password: string) =>
      `mutation { logIn(input: { username: "ann", password${password} }) { viewer { user { username } } } }`;
    await ask(emulator, logIn(': TopSecret'));
    await ask(emulator, logIn(': ["TopSecret"]'));
    await ask(emulator, logIn(' # a word: "x"\n , : "TopSecret"'));
    await ask(emulator, LOG_IN, { variables: { password: ['TopSecret'] } });
    const renamed = LOG_IN.replaceAll('$password', '$p');
    const url = `http://localhost/graphql?query=${encodeURIComponent(renamed)}&variables=${encodeURIComponent('{"p":"TopSecret"}')}`;
    await emulator.fetch(new Request(url, { headers: HEADERS }));
    const form = new FormData();
    form.set('operations', JSON.stringify({ query: renamed, variables: { p: 'TopSecret' } }));
    form.set('map', '{}');
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
    await emulator.fetch(new Request('http://localhost/graphql', { method: 'POST', headers, body: form }));
    const requests = [{ method: 'GET', path: '/parse/login?username=ann&password=TopSecret' }];
    await emulator.fetch(
      new Request('http://localhost/parse/batch', {
        method: 'POST',
        headers: HEADERS,
        body: JSON.stringify({ requests }),
      }),
    );
    expect(emulator.requests).toHaveLength(8);
    expect(JSON.stringify(emulator.requests)).not.toContain('TopSecret');
    expect(emulator.requests[6]).toMatchObject({
      operation: 'logIn',
      variables: { p: '***' },
      body: { query: expect.any(String) },
    });
  });
});
