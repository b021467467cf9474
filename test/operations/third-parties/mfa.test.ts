import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { type Accounts, as, createAccounts, MASTER, refusal } from '../../support/accounts.ts';
import { createClient, refusal as graphqlRefusal } from '../../support/graphql-client.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const OTHER_SECRET = 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU';
const auth = { mfa: { options: ['TOTP'], digits: 6, period: 30, algorithm: 'SHA1' }, google: true } as const;
const WRONG = [400, 141, 'Invalid MFA token'];

type Jane = Accounts & {
  readonly objectId: string;
  readonly sessionToken: string;
  /** What an authenticator shows now, and after so many seconds. */
  readonly code: (secret?: string, seconds?: number) => string;
  readonly change: (mfa: object | null, headers?: { readonly [name: string]: string }) => ReturnType<Accounts['call']>;
  readonly enter: (token: unknown) => ReturnType<Accounts['logIn']>;
};

const start = async (): Promise<Jane> => {
  const accounts = createAccounts({ auth });
  const { objectId, sessionToken } = await accounts.signUp('jane', { email: 'jane@example.com' });
  const code: Jane['code'] = (secret = SECRET, seconds = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: accounts.emulator.clock.now() + seconds * 1000,
    });
  const change: Jane['change'] = (mfa, headers = as(sessionToken)) =>
    accounts.call('PUT', `/users/${objectId}`, { authData: { mfa } }, headers);
  const enter: Jane['enter'] = (token) => accounts.logIn('jane', 'janespass', { authData: { mfa: { token } } });
  return { ...accounts, objectId, sessionToken, code, change, enter };
};

const withMfa = async (): Promise<Jane & { readonly recovery: readonly string[] }> => {
  const jane = await start();
  const { body } = await jane.change({ secret: SECRET, token: jane.code() });
  const { recovery } = (body as { authDataResponse: { mfa: { recovery: string } } }).authDataResponse.mfa;
  return { ...jane, recovery: recovery.split(', ') };
};

describe('a second factor', () => {
  it('is set up with a secret and its code, and gives two recovery codes', async () => {
    const { recovery, call, sessionToken } = await withMfa();
    expect(recovery).toEqual([expect.stringMatching(/^\w{30}$/), expect.stringMatching(/^\w{30}$/)]);
    expect((await call('GET', '/users/me', undefined, as(sessionToken))).body).toMatchObject({
      authData: { mfa: { status: 'enabled' } },
    });
  });

  it.each([
    ['no secret', () => ({ token: '123456' }), [400, 141, 'Invalid MFA data']],
    ['no code', () => ({ secret: SECRET }), [400, 141, 'Invalid MFA data']],
    ['a short secret', () => ({ secret: 'JBSWY3DP', token: '123456' }), [400, 141, 'Invalid MFA data']],
    ['a number for a code', () => ({ secret: SECRET, token: 123456 }), WRONG],
    ['the code of another secret', (jane: Jane) => ({ secret: SECRET, token: jane.code(OTHER_SECRET) }), WRONG],
    ['an old code', (jane: Jane) => ({ secret: SECRET, token: jane.code(SECRET, -90) }), WRONG],
  ])('is not set up with %s', async (_, toMfa, expected) => {
    const jane = await start();
    expect(refusal(await jane.change(toMfa(jane)))).toEqual(expected);
  });

  it('must come along with the password', async () => {
    const { logIn, enter, code } = await withMfa();
    expect(refusal(await logIn('jane', 'janespass'))).toEqual([400, -1, 'Missing additional authData mfa']);
    for (const wrong of ['000000x', 5, null, '']) expect(refusal(await enter(wrong))).toEqual(WRONG);
    expect(await enter(code())).toMatchObject({ status: 200, body: { authDataResponse: {} } });
    expect((await logIn('jane', 'wrong', { authData: { mfa: { token: code() } } })).status).toBe(404);
  });

  it('takes the code of the time that it is', async () => {
    const { emulator, enter, code } = await withMfa();
    const early = code();
    emulator.clock.advance({ minutes: 10 });
    expect(refusal(await enter(early))).toEqual(WRONG);
    expect((await enter(code())).status).toBe(200);
  });

  it('takes a recovery code once, also from many at once', async () => {
    const { enter, recovery } = await withMfa();
    const [first, second] = recovery;
    const answers = await Promise.all(Array.from({ length: 4 }, () => enter(first)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(refusal(await enter(first))).toEqual(WRONG);
    expect((await enter(second)).status).toBe(200);
  });

  it('is changed by whoever has a code of the old one', async () => {
    const { change, code, enter } = await withMfa();
    const changed = { secret: OTHER_SECRET, token: code(OTHER_SECRET) };
    expect(refusal(await change(changed))).toEqual(WRONG);
    expect((await change({ ...changed, old: code() })).status).toBe(200);
    expect(refusal(await enter(code()))).toEqual(WRONG);
    expect((await enter(code(OTHER_SECRET))).status).toBe(200);
  });

  it('is given up with null', async () => {
    const { change, logIn } = await withMfa();
    expect((await change(null)).status).toBe(200);
    expect((await logIn('jane', 'janespass')).status).toBe(200);
  });

  it('stays when the password is reset', async () => {
    const { reset, logIn, code } = await withMfa();
    await reset('jane@example.com', 'new secret');
    expect(refusal(await logIn('jane', 'new secret'))).toEqual([400, -1, 'Missing additional authData mfa']);
    expect((await logIn('jane', 'new secret', { authData: { mfa: { token: code() } } })).status).toBe(200);
  });

  it('must come along with a third party, too', async () => {
    const { post, call, code, objectId, sessionToken } = await withMfa();
    const google = { google: { id: '1' } };
    await call('PUT', `/users/${objectId}`, { authData: google }, as(sessionToken));
    expect(refusal(await post('/users', { authData: google }))).toEqual([400, -1, 'Missing additional authData mfa']);
    const mfa = { token: code() };
    expect((await post('/users', { authData: { ...google, mfa } })).body).toMatchObject({ objectId });
  });

  it('shows its secret to the master key alone', async () => {
    const { call, objectId, sessionToken } = await withMfa();
    const read = async (headers: { readonly [name: string]: string }) =>
      JSON.stringify((await call('GET', `/users/${objectId}`, undefined, headers)).body);
    expect(await read(as(sessionToken))).not.toContain(SECRET);
    expect(await read(MASTER)).toContain(SECRET);
  });
});

it('a second factor over GraphQL: set up at sign-up, asked for at log-in', async () => {
  const { ask, emulator } = createClient({ auth });
  const code = () => new TOTP({ secret: Secret.fromBase32(SECRET) }).generate({ timestamp: emulator.clock.now() });
  const signedUp = await ask(
    'mutation ($fields: CreateUserFieldsInput) { signUp(input: { fields: $fields }) { viewer { user { authDataResponse } } } }',
    { fields: { username: 'jane', password: 'secret', authData: { mfa: { secret: SECRET, token: code() } } } },
  );
  expect(signedUp.data).toEqual({
    signUp: {
      viewer: { user: { authDataResponse: { mfa: { recovery: expect.stringMatching(/^\w{30}, \w{30}$/) } } } },
    },
  });
  const logIn = (authData: object) =>
    ask(
      'mutation ($authData: Object) { logIn(input: { username: "jane", password: "secret", authData: $authData }) { viewer { user { username } } } }',
      { authData: { ...authData } },
    );
  expect(graphqlRefusal(await logIn({}))).toEqual([-1, 'Missing additional authData mfa']);
  expect((await logIn({ mfa: { token: code() } })).data).toEqual({ logIn: { viewer: { user: { username: 'jane' } } } });
});

it('auth: { mfa: true } is a second factor of six digits every half minute', async () => {
  const { signUp, call, logIn, emulator } = createAccounts({ auth: { mfa: true } });
  const { objectId, sessionToken } = await signUp('jane');
  const token = new TOTP({ secret: Secret.fromBase32(SECRET) }).generate({ timestamp: emulator.clock.now() });
  const answer = await call(
    'PUT',
    `/users/${objectId}`,
    { authData: { mfa: { secret: SECRET, token } } },
    as(sessionToken),
  );
  expect(answer.status).toBe(200);
  expect((await logIn('jane', 'janespass')).status).toBe(400);
});
