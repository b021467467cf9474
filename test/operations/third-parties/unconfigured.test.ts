import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccounts, refusal } from '../../support/accounts.ts';

const UNSUPPORTED = [400, 252, 'This authentication method is unsupported.'];

const printed = vi.fn<(...words: unknown[]) => void>();
beforeEach(() => {
  printed.mockReset();
  vi.spyOn(console, 'error').mockImplementation(printed);
});
afterEach(() => vi.restoreAllMocks());

const signUpWith = (name: string, authData: object = { id: '1', access_token: 'x' }) =>
  createAccounts().post('/users', { authData: { [name]: authData } });

describe('a third party that is not configured', () => {
  it.each([
    ['apple', 404, 101, 'Apple auth is not configured.'],
    ['facebook', 404, 101, 'Facebook auth is not configured.'],
    ['google', 404, 101, 'Google auth is not configured.'],
    ['keycloak', 404, 101, 'Missing keycloak configuration'],
    ['janraincapture', 400, 141, "Cannot read properties of undefined (reading 'janrain_capture_host')"],
    ['janrainengage', 500, 1, 'janrainengage adapter only works with enableInsecureAuth: true'],
    ['ldap', 500, 1, 'LDAP auth configuration missing'],
    ['phantauth', 500, 1, 'PhantAuth only works with enableInsecureAuth: true'],
    ['meetup', 400, -1, 'Meetup only works with enableInsecureAuth: true'],
    ['vkontakte', 400, -1, 'Vk only works with enableInsecureAuth: true'],
  ])('%s refuses in its own words', async (name, ...expected) => {
    expect(refusal(await signUpWith(name))).toEqual(expected);
  });

  it('keycloak misses the token first', async () => {
    expect(refusal(await signUpWith('keycloak', { id: '1' }))).toEqual([
      404,
      101,
      'Missing access token and/or User id',
    ]);
  });

  it.each([
    ['gcenter', 'Game center auth options are required.'],
    ['github', 'GitHub options are required.'],
    ['gpgames', 'gpgames options are required.'],
    ['instagram', 'Instagram options are required.'],
    ['line', 'Line options are required.'],
    ['linkedin', 'LinkedIn options are required.'],
    ['mfa', "Cannot read properties of undefined (reading 'options')"],
    ['microsoft', 'Microsoft options are required.'],
    ['qq', 'qq options are required.'],
    ['spotify', 'spotify options are required.'],
    ['twitter', 'Twitter auth options are required.'],
    ['wechat', 'WeChat options are required.'],
    ['weibo', 'Weibo options are required.'],
  ])('%s breaks down, as in Parse Server, and the console tells why', async (name, message) => {
    expect(await signUpWith(name)).toMatchObject({
      status: 500,
      body: { code: 1, message: 'Internal server error.' },
    });
    expect(printed.mock.calls.join()).toContain(`${name}: it is not configured. Say auth: { ${name}: true }.`);
    const { signUp, logIn } = createAccounts();
    await signUp('jane');
    const answer = await logIn('jane', 'janespass', { authData: { [name]: { id: '1' } } });
    expect(refusal(answer)).toEqual([400, 141, message]);
  });

  it.each(['nowhere', 'oauth2', 'constructor', 'toString', '0'])('%s is unknown', async (name) => {
    expect(refusal(await signUpWith(name))).toEqual(UNSUPPORTED);
  });

  it.each(['google', 'github', 'nowhere'])('%s that is switched off is unknown', async (name) => {
    for (const given of [false, { enabled: false }]) {
      const { post } = createAccounts({ auth: { [name]: given } });
      expect(refusal(await post('/users', { authData: { [name]: { id: '1' } } }))).toEqual(UNSUPPORTED);
    }
  });

  it.each(['google', 'github', 'nowhere'])('%s needs no more than true', async (name) => {
    const { post } = createAccounts({ auth: { [name]: true } });
    expect((await post('/users', { authData: { [name]: { id: '1' } } })).status).toBe(201);
  });
});

it.each([
  ['a text', 'x', UNSUPPORTED],
  ['no text', '', UNSUPPORTED],
  ['null', null, UNSUPPORTED],
  ['a list', [{ id: '1' }], UNSUPPORTED],
  ['a number', 5, [400, 111, 'schema mismatch for _User.authData; expected Object but got Number']],
  ['an empty object', {}, [201, undefined, undefined]],
])('authData that is %s, beside a name and a password', async (_, authData, expected) => {
  const { post } = createAccounts();
  expect(refusal(await post('/users', { username: 'jane', password: 'secret', authData }))).toEqual(expected);
});
