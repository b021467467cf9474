import { describe, expect, it } from 'vitest';
import { as, createAccounts, MASTER, refusal } from '../../support/accounts.ts';
import { createClient, refusal as graphqlRefusal } from '../../support/graphql-client.ts';

const auth = { google: true, facebook: { accessTokens: ['valid'] } } as const;
const google = (id: string, more = {}) => ({ google: { id, ...more } });
const facebook = (id: string, token = 'valid') => ({ facebook: { id, access_token: token } });
const INVALID = [404, 101, 'fake auth is invalid for this user.'];
const USED = [400, 208, 'this auth is already used'];

type User = { readonly objectId: string; readonly sessionToken: string; readonly authData?: object };

const LOG_IN_WITH = `mutation ($authData: Object!, $fields: UserLoginWithInput) {
  logInWith(input: { authData: $authData, fields: $fields }) {
    viewer { sessionToken user { objectId email authData } }
  }
}`;

describe('logInWith', () => {
  const start = () => {
    const client = createClient({ auth });
    const logInWith = async (authData: object, fields = {}) => {
      const answer = await client.ask(LOG_IN_WITH, { authData: { ...authData }, fields });
      const data = answer.data as { logInWith: { viewer: { sessionToken: string; user: User & { email: string } } } };
      return { answer, ...data.logInWith?.viewer };
    };
    return { ...client, logInWith };
  };

  it('makes a user the first time, and finds it from then on', async () => {
    const { logInWith } = start();
    const first = await logInWith(google('1'), { email: 'jane@example.com' });
    const second = await logInWith(google('1'), { email: 'other@example.com' });
    const other = await logInWith(google('2'));
    expect(first.user).toMatchObject({ email: 'jane@example.com', authData: google('1') });
    expect(second.user).toEqual(first.user);
    expect(second.sessionToken).not.toBe(first.sessionToken);
    expect(other.user?.objectId).not.toBe(first.user?.objectId);
  });

  it('keeps what comes along with the id, and renews it', async () => {
    const { logInWith } = start();
    await logInWith(google('1', { id_token: 'old' }));
    expect((await logInWith(google('1', { id_token: 'new' }))).user?.authData).toEqual(
      google('1', { id_token: 'new' }),
    );
  });

  it.each([
    [facebook('1', 'forged'), 101, 'fake auth is invalid for this user.'],
    [{ google: {} }, 200, 'bad or missing username'],
    [{ google: { id_token: 'x' } }, 101, 'google auth is invalid for this user.'],
    [{ google: { id: '' } }, 101, 'google auth is invalid for this user.'],
    [{ google: { id: 5 } }, 162, "Invalid authData id for provider 'google'."],
    [{ google: { id: { $ne: null } } }, 162, "Invalid authData id for provider 'google'."],
    [{ nowhere: { id: '1' } }, 252, 'This authentication method is unsupported.'],
    [{ ...google('1'), nowhere: { id: '1' } }, 252, 'This authentication method is unsupported.'],
  ])('refuses %j', async (authData, code, message) => {
    const { logInWith } = start();
    expect(graphqlRefusal((await logInWith(authData)).answer)).toEqual([code, message]);
  });

  it('cannot say that the address is verified', async () => {
    const { logInWith, ask } = start();
    await logInWith(google('1'));
    const fields = { emailVerified: true };
    for (const id of ['1', '2']) {
      expect(graphqlRefusal((await logInWith(google(id), fields)).answer)).toEqual([119, 'Permission denied']);
    }
    expect((await ask(LOG_IN_WITH, { authData: google('2'), fields }, 'master')).error).toBeUndefined();
  });

  it('asks the provider each time, also with allowExpiredAuthDataToken', async () => {
    const { post } = createAccounts({ auth, allowExpiredAuthDataToken: true });
    await post('/users', { authData: facebook('1') });
    expect(refusal(await post('/users', { authData: facebook('1', 'expired') }))).toEqual(INVALID);
    expect(refusal(await post('/users', { authData: { facebook: { id: '1' } } }))).toEqual(INVALID);
  });
});

describe('a user', () => {
  const start = async () => {
    const accounts = createAccounts({ auth });
    const jane = await accounts.signUp('jane');
    const link = (authData: object, headers = as(jane.sessionToken)) =>
      accounts.call('PUT', `/users/${jane.objectId}`, { authData }, headers);
    const logInWith = async (authData: object) => (await accounts.post('/users', { authData })).body as User;
    return { ...accounts, jane, link, logInWith };
  };

  it('links a third party, and logs in either way', async () => {
    const { jane, link, logInWith, logIn } = await start();
    expect((await link(google('1'))).status).toBe(200);
    expect((await logInWith(google('1'))).objectId).toBe(jane.objectId);
    expect((await logIn('jane', 'janespass')).status).toBe(200);
  });

  it('links two, and unlinks one with null', async () => {
    const { jane, link, logInWith, call } = await start();
    await link({ ...google('1'), ...facebook('2') });
    await link({ google: null });
    expect((await call('GET', '/users/me', undefined, as(jane.sessionToken))).body).toMatchObject({
      authData: facebook('2'),
    });
    expect((await logInWith(facebook('2'))).objectId).toBe(jane.objectId);
    expect((await logInWith(google('1'))).objectId).not.toBe(jane.objectId);
  });

  it('cannot link what the third party does not take; it is not told that as such', async () => {
    const { link } = await start();
    expect(refusal(await link(facebook('1', 'forged')))).toEqual([400, 206, 'Permission denied']);
    expect(refusal(await link(facebook('1', 'forged'), MASTER))).toEqual(INVALID);
  });

  it('cannot link what another user has, and nobody learns of that without a token', async () => {
    const { link, logInWith } = await start();
    await logInWith(facebook('1'));
    expect(refusal(await link(facebook('1')))).toEqual(USED);
    expect(refusal(await link(facebook('1', 'forged'), MASTER))).toEqual(INVALID);
  });

  it('links by logging in with both', async () => {
    const { jane, logIn, logInWith } = await start();
    expect((await logIn('jane', 'janespass', { authData: google('1') })).status).toBe(200);
    expect((await logInWith(google('1'))).objectId).toBe(jane.objectId);
    await logInWith(google('2'));
    expect(refusal(await logIn('jane', 'janespass', { authData: google('2') }))).toEqual([
      400,
      137,
      'A duplicate value for a field with unique values was provided',
    ]);
    expect((await logIn('jane', 'wrong', { authData: google('3') })).status).toBe(404);
  });

  it('alone sees its authData, beside the master key', async () => {
    const { jane, link, signUp, call } = await start();
    await link(google('1'));
    await call('PUT', `/users/${jane.objectId}`, { ACL: { '*': { read: true } } }, MASTER);
    const joe = await signUp('joe');
    const seen = async (headers: ReturnType<typeof as>) =>
      ((await call('GET', `/users/${jane.objectId}`, undefined, headers)).body as User).authData;
    expect(await seen(as(jane.sessionToken))).toEqual(google('1'));
    expect(await seen(MASTER)).toEqual(google('1'));
    expect(await seen(as(joe.sessionToken))).toBeUndefined();
  });

  it('made for two at once is one user', async () => {
    const { logInWith, call } = await start();
    await Promise.allSettled(Array.from({ length: 5 }, () => logInWith(google('1'))));
    const { body } = await call('GET', '/users?count=1&limit=0', undefined, MASTER);
    expect(body).toMatchObject({ count: 2 });
  });

  it('that is locked out is not found by its third party, and its id is not given away', async () => {
    const { jane, link, call, post } = await start();
    await link(google('1'));
    await call('PUT', `/users/${jane.objectId}`, { ACL: {} }, MASTER);
    expect(refusal(await post('/users', { authData: google('1') }))).toEqual(USED);
  });
});

describe('an anonymous user', () => {
  const anonymous = { anonymous: { id: 'made-up-by-the-app' } };

  it('is the same one with the same id', async () => {
    const { post } = createAccounts();
    const [first, second] = [
      await post('/users', { authData: anonymous }),
      await post('/users', { authData: anonymous }),
    ];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect((second.body as User).objectId).toBe((first.body as User).objectId);
  });

  it('becomes a full one by a name and a password', async () => {
    const { post, call, logIn } = createAccounts();
    const { objectId, sessionToken } = (await post('/users', { authData: anonymous })).body as User;
    const fields = { username: 'jane', password: 'secret', authData: { anonymous: null } };
    expect((await call('PUT', `/users/${objectId}`, fields, as(sessionToken))).status).toBe(200);
    const { body } = await logIn('jane', 'secret');
    expect(body).toMatchObject({ objectId, username: 'jane' });
    expect(body).not.toHaveProperty('authData');
    expect(((await post('/users', { authData: anonymous })).body as User).objectId).not.toBe(objectId);
  });

  it('becomes one of a third party', async () => {
    const { post, call } = createAccounts({ auth });
    const { objectId, sessionToken } = (await post('/users', { authData: anonymous })).body as User;
    await call('PUT', `/users/${objectId}`, { authData: { ...google('1'), anonymous: null } }, as(sessionToken));
    expect((await post('/users', { authData: google('1') })).body).toMatchObject({ objectId, authData: google('1') });
  });

  it('is not to be had with enableAnonymousUsers off', async () => {
    const { post } = createAccounts({ enableAnonymousUsers: false });
    expect(refusal(await post('/users', { authData: anonymous }))).toEqual([
      400,
      252,
      'This authentication method is unsupported.',
    ]);
  });
});
