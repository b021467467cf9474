import { beforeEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions, JsonObject } from '../../../src/index.ts';
import { type Asker, type Client, createClient, refusal, type SignedUp } from '../../support/graphql-client.ts';

let client: Client;
let ann: SignedUp;
let bob: SignedUp;

const start = async (options: EmulatorOptions = {}): Promise<void> => {
  client = createClient(options);
  ann = await client.signUp('ann');
  bob = await client.signUp('bob');
};

beforeEach(() => start());

type Session = { readonly id: string; readonly [field: string]: unknown };

const sessionsOf = async (asker: Asker, fields = 'id'): Promise<Session[]> => {
  const { data } = await client.ask(`{ sessions(order: [createdAt_ASC]) { edges { node { ${fields} } } } }`, {}, asker);
  return (data as { sessions: { edges: { node: Session }[] } }).sessions.edges.map(({ node }) => node);
};

const logIn = async (username: string, headers: { [name: string]: string } = {}): Promise<SignedUp> => {
  const { data } = await client.ask(
    'mutation ($username: String!, $password: String!) { logIn(input: { username: $username, password: $password }) { viewer { sessionToken user { id objectId } } } }',
    { username, password: `${username}spass` },
    headers,
  );
  const { viewer } = (data as { logIn: { viewer: { sessionToken: string; user: SignedUp } } }).logIn;
  return { ...viewer.user, sessionToken: viewer.sessionToken };
};

const isAlive = async ({ sessionToken }: SignedUp): Promise<boolean> =>
  (await client.ask('{ viewer { sessionToken } }', {}, { sessionToken })).error === undefined;

describe('a session', () => {
  it('is its user’s own to read, and the master key’s', async () => {
    const [own] = await sessionsOf(ann, 'id sessionToken user { username }');
    expect(own).toMatchObject({ sessionToken: ann.sessionToken, user: { username: 'ann' } });
    expect(await sessionsOf('master')).toHaveLength(2);
    const session = (asker: Asker) =>
      client.ask('query ($id: ID!) { session(id: $id) { id } }', { id: own?.id ?? '' }, asker);
    expect((await session(ann)).data).toEqual({ session: { id: own?.id } });
    expect(refusal(await session(bob))).toEqual([101, 'Object not found.']);
    expect(refusal(await session(undefined))).toEqual([209, 'Permission denied']);
  });

  it('tells how it came about', async () => {
    await start({ auth: { facebook: { accessTokens: ['valid'] } } });
    await logIn('ann');
    await client.ask('mutation { createSession(input: {}) { session { id } } }', {}, ann);
    expect(await sessionsOf(ann, 'createdWith')).toEqual([
      { createdWith: { action: 'signup', authProvider: 'password' } },
      { createdWith: { action: 'login', authProvider: 'password' } },
      { createdWith: { action: 'create' } },
    ]);
    const authData = { facebook: { id: '1', access_token: 'valid' } };
    const { data } = await client.ask(
      'mutation ($authData: Object!) { logInWith(input: { authData: $authData }) { viewer { sessionToken } } }',
      { authData },
    );
    const { sessionToken } = (data as { logInWith: { viewer: SignedUp } }).logInWith.viewer;
    expect(await sessionsOf({ sessionToken }, 'createdWith')).toEqual([
      { createdWith: { action: 'login', authProvider: 'facebook' } },
    ]);
  });

  it('made by createSession is the asker’s own, whatever it says', async () => {
    const fields = {
      user: { link: bob.id },
      sessionToken: 'r:mine',
      expiresAt: '2001-01-01',
      createdWith: { action: 'magic' },
    };
    const { data } = await client.ask(
      'mutation ($fields: CreateSessionFieldsInput) { createSession(input: { fields: $fields }) { session { sessionToken createdWith user { username } } } }',
      { fields },
      ann,
    );
    expect(data).toEqual({
      createSession: {
        session: {
          sessionToken: expect.stringMatching(/^r:[0-9a-f]{32}$/),
          createdWith: { action: 'create' },
          user: { username: 'ann' },
        },
      },
    });
    expect(refusal(await client.ask('mutation { createSession(input: {}) { session { id } } }'))).toEqual([
      209,
      'Session token required.',
    ]);
  });

  it.each<[string, JsonObject]>([
    ['user', { user: { link: 'nobodyhere' } }],
    ['sessionToken', { sessionToken: 'r:mine' }],
    ['installationId', { installationId: 'other' }],
    ['expiresAt', { expiresAt: null }],
    ['createdWith', { createdWith: {} }],
  ])('does not let its user change %s', async (name, fields) => {
    const [own] = await sessionsOf(ann);
    const update = (asker: Asker) =>
      client.ask(
        'mutation ($id: ID!, $fields: UpdateSessionFieldsInput) { updateSession(input: { id: $id, fields: $fields }) { session { id } } }',
        { id: own?.id ?? '', fields },
        asker,
      );
    expect(refusal(await update(ann))).toEqual([105, `Invalid key name: ${name}`]);
    const isAnybodys = name === 'sessionToken' || name === 'installationId';
    expect((await update('master')).error?.code).toBe(isAnybodys ? 105 : undefined);
  });

  it('has no ACL', async () => {
    const create = 'mutation { createSession(input: { fields: { ACL: {} } }) { session { id } } }';
    for (const asker of [ann, 'master'] as const)
      expect(refusal(await client.ask(create, {}, asker))).toEqual([105, 'Cannot set ACL on a Session.']);
  });
});

describe('a session ends', () => {
  it('with logOut, and no other one does', async () => {
    const other = await logIn('ann');
    expect((await client.ask('mutation { logOut(input: {}) { ok } }', {}, ann)).data).toEqual({ logOut: { ok: true } });
    expect([await isAlive(ann), await isAlive(other)]).toEqual([false, true]);
    expect((await client.ask('{ health }', {}, ann)).status).toBe(400);
  });

  it('when it is deleted, by its user or the master key', async () => {
    const [own] = await sessionsOf(ann);
    const remove = (asker: Asker) =>
      client.ask(
        'mutation ($id: ID!) { deleteSession(input: { id: $id }) { session { id } } }',
        { id: own?.id ?? '' },
        asker,
      );
    expect(refusal(await remove(bob))).toEqual([101, 'Object not found for delete.']);
    expect(refusal(await remove(undefined))).toEqual([209, 'Permission denied']);
    expect((await remove(ann)).data).toEqual({ deleteSession: { session: { id: own?.id } } });
    expect(await isAlive(ann)).toBe(false);
  });

  it('when its user is deleted', async () => {
    await client.ask(
      'mutation ($id: ID!) { deleteUser(input: { id: $id }) { user { id } } }',
      { id: ann.id },
      'master',
    );
    expect(await isAlive(ann)).toBe(false);
    const [left] = await sessionsOf('master', 'user { id }');
    expect(left).toEqual({ user: null });
  });

  const changePassword = (asker: Asker) =>
    client.ask(
      'mutation ($id: ID!) { updateUser(input: { id: $id, fields: { password: "annspass" } }) { user { id } } }',
      { id: ann.id },
      asker,
    );

  it('with a change of password, all of the user’s; the user itself gets one new one', async () => {
    const other = await logIn('ann');
    await changePassword(ann);
    expect([await isAlive(ann), await isAlive(other), await isAlive(bob)]).toEqual([false, false, true]);
    const withUser = async () =>
      (await sessionsOf('master', 'createdWith user { username }')).filter(
        ({ user }) => (user as { username: string }).username === 'ann',
      );
    expect(await withUser()).toEqual([{ createdWith: null, user: { username: 'ann' } }]);
    await changePassword('master');
    expect(await withUser()).toEqual([]);
  });

  it('with a change of password only where revokeSessionOnPasswordReset says so', async () => {
    await start({ revokeSessionOnPasswordReset: false });
    await changePassword(ann);
    expect(await isAlive(ann)).toBe(true);
  });

  it('not with a change of name or address', async () => {
    await client.ask(
      'mutation ($id: ID!) { updateUser(input: { id: $id, fields: { username: "anna", email: "a@x.com" } }) { user { id } } }',
      { id: ann.id },
      ann,
    );
    expect(await isAlive(ann)).toBe(true);
  });

  it('when the user logs in again at the same installation, in the same letter case', async () => {
    const at = (installationId: string) => logIn('ann', { 'X-Parse-Installation-Id': installationId });
    const [first, other, again] = [await at('phone'), await at('PHONE'), await at('phone')];
    expect([await isAlive(first), await isAlive(other), await isAlive(again)]).toEqual([false, true, true]);
    expect(await sessionsOf(again, 'installationId')).toEqual([
      { installationId: null },
      { installationId: 'PHONE' },
      { installationId: 'phone' },
    ]);
  });
});

describe('a session lasts', () => {
  const expiry = async (): Promise<number> => {
    const [own] = await sessionsOf(ann, 'createdAt expiresAt');
    return Date.parse(String(own?.['expiresAt'])) - Date.parse(String(own?.['createdAt']));
  };

  it('a year, unless sessionLength says how many seconds', async () => {
    expect(await expiry()).toBe(365 * 24 * 60 * 60 * 1000);
    await start({ sessionLength: 60 });
    expect(await expiry()).toBe(60_000);
  });

  it('until its end, and is refused from then on whatever is asked', async () => {
    await start({ sessionLength: 60 });
    client.emulator.clock.advance({ seconds: 59 });
    expect(await isAlive(ann)).toBe(true);
    client.emulator.clock.advance({ seconds: 2 });
    for (const query of ['{ health }', 'mutation { logOut(input: {}) { ok } }', '{ no such field']) {
      const answer = await client.ask(query, {}, ann);
      expect(answer.status).toBe(400);
      expect(refusal(answer)).toEqual([209, 'Session token is expired.']);
    }
  });

  it('for ever without expireInactiveSessions', async () => {
    await start({ expireInactiveSessions: false, sessionLength: 1 });
    client.emulator.clock.advance({ days: 4000 });
    expect(await sessionsOf(ann, 'expiresAt')).toEqual([{ expiresAt: null }]);
  });

  it('longer when it is used after half of its time, with extendSessionOnUse', async () => {
    await start({ extendSessionOnUse: true, sessionLength: 100 });
    const used = async (seconds: number): Promise<number> => {
      client.emulator.clock.advance({ seconds });
      return Math.round((await expiry()) / 1000);
    };
    expect(await used(40)).toBe(100);
    expect(await used(20)).toBe(160);
    expect(await used(40)).toBe(160);
    client.emulator.clock.advance({ seconds: 101 });
    expect(await isAlive(ann)).toBe(false);
  });
});
