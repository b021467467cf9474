import { describe, expect, it } from 'vitest';
import { BY_REASON } from '../../../src/http/explanations/by-reason.ts';
import { findExplanation } from '../../../src/http/explanations/explain.ts';
import { IN_PROGRAM } from '../../../src/http/explanations/say.ts';
import { createEmulator, type EmulatorOptions, ERROR_CODES } from '../../../src/index.ts';
import { ON_COMMAND_LINE } from '../../../src/node/command/flags.ts';
import type { PlainReason } from '../../../src/parse/reason.ts';
import { ADDRESS, ask, HEADERS } from '../../support/ask.ts';

const create = (options: EmulatorOptions = {}) => createEmulator({ bcryptRounds: 4, explain: true, ...options });

const logIn = (password: string): string =>
  `mutation { logIn(input: { username: "ann", password: "${password}" }) { viewer { user { username } } } }`;
const signUp = (fields: string): string =>
  `mutation { signUp(input: { fields: { ${fields} } }) { viewer { sessionToken } } }`;
const logInWith = (id: string, token: string): string =>
  `mutation { logInWith(input: { authData: { google: { id: "${id}", access_token: "${token}" } } }) { viewer { sessionToken } } }`;

/** What is asked by whom, with which options, and what the error tells of its cause. */
const CASES: readonly (readonly [title: string, query: string, cause: string, options?: EmulatorOptions])[] = [
  ['a wrong password', logIn('wrong'), 'Nobody has this username or address'],
  ['a name that is taken', signUp('username: "ANN", password: "x"'), 'The username is taken'],
  [
    'an address that is taken',
    signUp('username: "b", password: "x", email: "ann@example.com"'),
    'The address is taken',
  ],
  ['no address', signUp('username: "b", password: "x", email: "none"'), 'The text is not an email address'],
  ['an empty password', signUp('username: "b", password: ""'), 'The password is missing'],
  ['nobody', '{ viewer { sessionToken } }', 'No session token came with the request'],
  ['an object that is not there', '{ user(id: "nobody") { id } }', 'There is no such object'],
  ['an unknown field', '{ nothing }', 'does not fit the schema'],
  ['no GraphQL', '{', 'The text is not GraphQL'],
  [
    'a third party that nobody knows',
    logInWith('1', 'x').replace('google', 'acme'),
    'There is no such provider in the option auth',
  ],
  [
    'a third party that does not know the user',
    logInWith('1', 'x'),
    'The third party does not know',
    { auth: { google: { accessTokens: ['good'] } } },
  ],
  [
    'an unverified address',
    logIn('secret'),
    'preventLoginWithUnverifiedEmail',
    {
      verifyUserEmails: true,
      preventLoginWithUnverifiedEmail: true,
    },
  ],
  ['an old password', logIn('secret'), 'maxPasswordAge', { passwordPolicy: { maxPasswordAge: 1 } }],
  [
    'a password that the policy refuses',
    signUp('username: "b", password: "x"'),
    'passwordPolicy',
    { passwordPolicy: { validatorPattern: /.{6}/ } },
  ],
  [
    'a function that throws',
    'mutation { callCloudCode(input: { functionName: fail }) { result } }',
    "The application's own code refused it: function fail.",
    {
      functions: {
        fail: () => {
          throw new Error('no');
        },
      },
    },
  ],
];

const SENTENCE = expect.stringMatching(/^[A-Z-].*[.}]$/);
const VOICES = { IN_PROGRAM, ON_COMMAND_LINE };

describe('explain', () => {
  for (const [title, query, cause, options] of CASES) {
    it(`tells the cause of ${title}, and a hint`, async () => {
      const emulator = create(options);
      await emulator.users.create({ username: 'ann', email: 'ann@example.com' });
      emulator.clock.advance({ days: 2 });
      const { errors } = (await ask(emulator, query)) as { errors: readonly { extensions: object }[] };
      expect(errors[0]?.extensions).toMatchObject({
        code: expect.anything(),
        emulator: { cause: expect.stringContaining(cause), hint: expect.stringMatching(/^[A-Z].*\.$/) },
      });
    });
  }

  it('tells a locked account from a wrong password', async () => {
    const emulator = create({ accountLockout: { threshold: 1, duration: 5 } });
    await emulator.users.create({ username: 'ann' });
    await ask(emulator, logIn('wrong'));
    expect(JSON.stringify(await ask(emulator, logIn('wrong')))).toContain('accountLockout');
  });

  it.each(Object.entries(ERROR_CODES))('has something to say about %s', (_name, code) => {
    expect(findExplanation(code, IN_PROGRAM)).toMatchObject({ cause: SENTENCE, hint: SENTENCE });
  });

  it.each(Object.values(VOICES).flatMap((say) => Object.keys(BY_REASON).map((reason) => [reason, say] as const)))(
    'says why, and what helps: %s',
    (reason, say) => {
      expect(findExplanation(reason as PlainReason, say)).toMatchObject({ cause: SENTENCE, hint: SENTENCE });
    },
  );

  it('has nothing to say about a number that is the application’s own', () => {
    expect(findExplanation(4711, IN_PROGRAM)).toBeUndefined();
  });

  it('is silent unless it is asked to', async () => {
    expect(JSON.stringify(await ask(createEmulator(), '{ viewer { sessionToken } }'))).not.toContain('emulator');
  });

  it('tells it in REST beside the error, and in each answer of a batch', async () => {
    const emulatorSays = { cause: expect.stringContaining('Nobody has'), hint: expect.any(String) };
    const post = async (path: string, body: object, options = {}): Promise<unknown> => {
      const request = { method: 'POST', headers: HEADERS, body: JSON.stringify(body) };
      return (await create(options).fetch(new Request(`${ADDRESS}/parse${path}`, request))).json();
    };
    const ann = { username: 'ann', password: 'x' };
    const refused = { code: 101, error: 'Invalid username/password.' };
    const requests = [
      { method: 'POST', path: '/parse/login', body: ann },
      { method: 'GET', path: '/parse/serverInfo' },
      { method: 'POST', path: '/parse/users', body: ann },
    ];
    expect(await post('/login', ann)).toEqual({ ...refused, emulator: emulatorSays });
    expect(await post('/login', ann, { explain: false })).toEqual(refused);
    expect(await post('/batch', { requests })).toMatchObject([
      { error: { ...refused, emulator: emulatorSays } },
      {},
      { success: { sessionToken: expect.any(String) } },
    ]);
  });

  it('tells of credentials, too', async () => {
    for (const path of ['/graphql?query={health}', '/parse/users/me']) {
      const answer = async (headers: { [name: string]: string }): Promise<unknown> =>
        (await create().fetch(new Request(ADDRESS + path, { headers }))).json();
      const told = { cause: expect.stringContaining('application id'), hint: expect.any(String) };
      expect(await answer({ 'X-Parse-Application-Id': 'OTHER' })).toEqual({ error: 'unauthorized', emulator: told });
      const bad = await answer({ ...HEADERS, 'X-Parse-Session-Token': 'r:0' });
      expect(JSON.stringify(bad)).toMatch(/Invalid session token.*"emulator":\{"cause"/);
    }
  });
});
