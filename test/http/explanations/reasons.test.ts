import { describe, expect, it } from 'vitest';
import { createEmulator, type Emulator, type EmulatorOptions, ParseError } from '../../../src/index.ts';
import { ADDRESS, ask, HEADERS } from '../../support/ask.ts';

const create = (options: EmulatorOptions = {}): Emulator =>
  createEmulator({ bcryptRounds: 4, explain: true, seed: { _User: [{ username: 'ann' }] }, ...options });

type Sent = { readonly method?: string; readonly headers?: object; readonly body?: string | Uint8Array<ArrayBuffer> };

/** A body to which nobody gives a type. */
const UNNAMED = new TextEncoder().encode('{"query":"{health}"}');

/** The text that a request is answered with. */
const send = async (emulator: Emulator, path: string, { headers = HEADERS, ...sent }: Sent = {}): Promise<string> => {
  const request = new Request(ADDRESS + path, { ...sent, headers: { ...headers } });
  return (await emulator.fetch(request)).text();
};

const as = (sessionToken: string): object => ({ ...HEADERS, 'X-Parse-Session-Token': sessionToken });

const me = (emulator: Emulator, sessionToken: string): Promise<string> =>
  send(emulator, '/parse/users/me', { headers: as(sessionToken) });

/** What the last request was told of itself in the log. */
const logged = (emulator: Emulator): string | undefined => emulator.requests.at(-1)?.cause;

/** How a session may come to its end, and what is said of it. */
const ENDS: readonly (readonly [title: string, cause: RegExp, end: (emulator: Emulator, token: string) => unknown])[] =
  [
    ['has expired', /The session has expired/, (emulator) => emulator.clock.advance({ days: 400 })],
    [
      'was logged out',
      /The session was revoked: by log-out/,
      (emulator, token) => send(emulator, '/parse/logout', { method: 'POST', headers: as(token) }),
    ],
    [
      'was ended by a new password',
      /The session was revoked: by log-out, a new password/,
      async (emulator, token) => {
        const { objectId } = JSON.parse(await me(emulator, token)) as { objectId: string };
        const headers = { ...HEADERS, 'X-Parse-Master-Key': emulator.options.masterKey };
        await send(emulator, `/parse/users/${objectId}`, { method: 'PUT', headers, body: '{"password":"other"}' });
      },
    ],
    ['was before a reset', /The session was revoked by a reset/, (emulator) => emulator.reset()],
    [
      'is of a user who is gone',
      /The user of the session is there no more/,
      async (emulator) => {
        const { _User: _, ...rest } = emulator.snapshot();
        await emulator.restore(rest);
      },
    ],
  ];

describe('explanations of sessions', () => {
  for (const [title, cause, end] of ENDS) {
    it(`tell that one ${title}`, async () => {
      const emulator = create();
      const token = await emulator.users.logIn('ann');
      await end(emulator, token);
      expect(await me(emulator, token)).toMatch(cause);
      expect(await send(emulator, '/parse/sessions/me', { headers: as(token) })).toMatch(
        title === 'has expired' || title.includes('gone') ? /"sessionToken"/ : cause,
      );
      expect(JSON.stringify(await ask(emulator, '{ viewer { objectId } }', { headers: as(token) as never }))).toMatch(
        cause,
      );
      expect(logged(emulator)).toMatch(cause);
    });
  }

  it('tell that nobody has ever had it', async () => {
    expect(await me(create(), `r:${'0'.repeat(32)}`)).toMatch(/The session is unknown/);
  });

  it('know in a fork what had ended before, and nothing of what ends beside it', async () => {
    const emulator = create();
    const [ended, open] = [await emulator.users.logIn('ann'), await emulator.users.logIn('ann')];
    await send(emulator, '/parse/logout', { method: 'POST', headers: as(ended) });
    const fork = emulator.fork();
    expect(await me(fork, ended)).toMatch(/revoked/);
    await send(emulator, '/parse/logout', { method: 'POST', headers: as(open) });
    expect(await me(fork, open)).toMatch(/"username":"ann"/);
    expect(await me(emulator, open)).toMatch(/revoked/);
  });

  it('remember the last thousand', async () => {
    const emulator = create({ sessionLength: 1000 });
    const tokens: string[] = [];
    for (let i = 0; i < 1001; i++) tokens.push(await emulator.users.logIn('ann'));
    const { _Session: _, ...rest } = emulator.snapshot();
    await emulator.restore(rest);
    expect(await me(emulator, tokens[0] ?? '')).toMatch(/unknown/);
    expect(await me(emulator, tokens[1] ?? '')).toMatch(/revoked by a reset/);
  });

  it('name the fault that ended one', async () => {
    for (const session of ['expired', 'revoked'] as const) {
      const emulator = create();
      const token = await emulator.users.logIn('ann');
      emulator.faults.add({ session });
      expect(await me(emulator, token)).toMatch(/A fault that the emulator was given/);
    }
  });
});

describe('explanations of faults', () => {
  const FAULTS = [
    [{ error: { code: 'OBJECT_NOT_FOUND', message: 'Invalid username/password.' } }, 101],
    [{ error: { code: 4711 } }, 4711],
    [{ status: 503 }, undefined],
  ] as const;

  it.each(FAULTS)('tell it from the error that it stands for: %j', async (fault, code) => {
    const emulator = create();
    emulator.faults.add(fault);
    for (const path of ['/graphql?query={health}', '/parse/serverInfo']) {
      expect(await send(emulator, path)).toMatch(/"emulator":\{"cause":"A fault that the emulator was given/);
      expect(emulator.requests.at(-1)).toMatchObject({ cause: expect.stringMatching(/^A fault/) });
      expect(emulator.requests.at(-1)?.code).toBe(code);
    }
  });

  it('are in the log where nothing else can be', async () => {
    const emulator = create({ explain: false });
    emulator.faults.add({ operation: 'health', network: true, times: 1 });
    await ask(emulator, '{ health }').catch(() => undefined);
    expect(logged(emulator)).toMatch(/^A fault/);
  });
});

describe('explanations of requests', () => {
  const CASES: readonly (readonly [
    title: string,
    path: string,
    sent: Sent,
    cause: string,
    options?: EmulatorOptions,
  ])[] = [
    [
      'asks for the schema',
      '/graphql?query={__schema{__typename}}',
      {},
      'Only the master key may ask for the schema',
      { graphQLPublicIntrospection: false },
    ],
    [
      'names no content type',
      '/graphql',
      { method: 'POST', headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' }, body: UNNAMED },
      'The header Content-Type is missing',
    ],
    [
      'has a content type of forms',
      '/graphql',
      { method: 'POST', headers: { ...HEADERS, 'Content-Type': 'text/plain' }, body: '{"query":"{health}"}' },
      'The header Content-Type is missing, or names another type',
    ],
    ['has no body', '/graphql', { method: 'POST' }, 'The request has no body'],
    ['has no query', '/graphql', { method: 'POST', body: '{}' }, 'is not a GraphQL request'],
    ['has broken JSON in GraphQL', '/graphql', { method: 'POST', body: '{"query":' }, 'The body is not valid JSON'],
    ['has broken JSON in REST', '/parse/users', { method: 'POST', body: '{"username":' }, 'The body is not valid JSON'],
    [
      'has an encoding',
      '/parse/users',
      { method: 'POST', headers: { ...HEADERS, 'Content-Encoding': 'br' }, body: '{}' },
      'an encoding or a charset',
    ],
    [
      'accepts no JSON',
      '/graphql?query={health}',
      { headers: { ...HEADERS, Accept: 'image/png' } },
      'The header Accept takes no JSON',
    ],
    [
      'names another application',
      '/parse/users',
      { headers: { 'X-Parse-Application-Id': 'OTHER' } },
      'names another application id',
    ],
    ['lacks a client key', '/parse/users', {}, 'none of the client keys', { clientKey: 'KEY' }],
    ['lacks the master key', '/parse/schemas', {}, 'Only the master key may do this'],
    [
      'lacks a field',
      '/parse/classes/Thing',
      { method: 'POST', body: '{}' },
      'The field size of Thing must have a value',
      { schema: { definitions: [{ className: 'Thing', fields: { size: { type: 'Number', required: true } } }] } },
    ],
    [
      'lacks a field of Parse',
      '/parse/classes/_Product',
      { method: 'POST', body: '{}' },
      'The field productIdentifier of _Product',
    ],
    [
      'calls what there is not',
      '/parse/functions/none',
      { method: 'POST', body: '{}' },
      'There is no function of this name',
    ],
    [
      'has a bad cloud context',
      '/parse/users',
      { headers: { ...HEADERS, 'X-Parse-Cloud-Context': '1' } },
      'is not a JSON object',
    ],
  ];

  for (const [title, path, sent, cause, options] of CASES) {
    it(`tell what is wrong with one that ${title}, and change nothing else`, async () => {
      const explained = create(options);
      const silent = create({ ...options, explain: false });
      const answer = await send(explained, path, sent);
      const plain = await send(silent, path, sent);
      expect(answer).toContain(cause);
      expect(plain).not.toMatch(/emulator|reason|cause/);
      expect(logged(silent)).toContain(cause);
      if (!plain.startsWith('{')) return;
      const {
        errors,
        emulator: _,
        ...rest
      } = JSON.parse(answer) as {
        errors?: readonly { extensions: object }[];
        emulator?: unknown;
      };
      const stripped = errors?.map(({ extensions, ...error }) => {
        const { emulator: __, ...shown } = extensions as { emulator?: unknown };
        return { ...error, extensions: shown };
      });
      expect({ ...rest, ...(stripped && { errors: stripped }) }).toEqual(JSON.parse(plain));
    });
  }
});

describe('explanations of what the application throws', () => {
  const code = {
    functions: {
      refuse: () => {
        throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
      },
    },
    triggers: {
      Thing: {
        beforeSave: () => {
          throw new Error('not today');
        },
      },
    },
    schema: { definitions: [{ className: 'Thing', fields: {}, classLevelPermissions: { create: { '*': true } } }] },
  } satisfies EmulatorOptions;

  it('name the function and the trigger, whatever they throw', async () => {
    const emulator = create(code);
    const post = { method: 'POST', body: '{}' };
    expect(await send(emulator, '/parse/functions/refuse', post)).toContain('own code refused it: function refuse.');
    expect(await send(emulator, '/parse/classes/Thing', post)).toContain('own code refused it: beforeSave Thing.');
  });

  it('name the intercept and the resolver', async () => {
    const emulator = create({
      typeDefs: 'extend type Query { greet: String }',
      resolvers: {
        Query: {
          greet: () => {
            throw new ParseError('OBJECT_NOT_FOUND', 'Nobody to greet');
          },
        },
      },
    });
    emulator.intercept('health', () => {
      throw new ParseError(101, 'Not well');
    });
    expect(JSON.stringify(await ask(emulator, '{ health }'))).toContain(
      'own code refused it: the intercept of health.',
    );
    expect(JSON.stringify(await ask(emulator, '{ greet }'))).toContain(
      'own code refused it: the resolver of Query.greet.',
    );
  });
});
