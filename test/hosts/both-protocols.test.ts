import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator.ts';

const emulator = createEmulator({
  bcryptRounds: 4,
  allowClientClassCreation: true,
  graphQLPublicIntrospection: true,
  functions: { double: ({ params }) => Number(params['number']) * 2 },
});
const ORIGIN = 'http://localhost:1337';

afterEach(() => emulator.reset());
afterAll(() => emulator.close());

type Caller = { readonly token?: string; readonly master?: boolean };

const headersOf = ({ token, master }: Caller): Record<string, string> => ({
  'Content-Type': 'application/json',
  'X-Parse-Application-Id': 'APPLICATION_ID',
  ...(token && { 'X-Parse-Session-Token': token }),
  ...(master && { 'X-Parse-Master-Key': 'MASTER_KEY' }),
});

/** The body of the answer; a test looks into it as deep as it likes. */
// biome-ignore lint/suspicious/noExplicitAny: answers have no common type
type Answer = any;

const rest = async (method: string, path: string, fields?: object, caller: Caller = {}): Promise<Answer> => {
  const body = fields && { body: JSON.stringify(fields) };
  const response = await emulator.fetch(
    new Request(`${ORIGIN}/parse${path}`, { method, headers: headersOf(caller), ...body }),
  );
  return response.json();
};

const graphql = async (query: string, variables: object = {}, caller: Caller = {}): Promise<Answer> => {
  const body = JSON.stringify({ query, variables });
  const response = await emulator.fetch(
    new Request(`${ORIGIN}/graphql`, { method: 'POST', headers: headersOf(caller), body }),
  );
  const { data, errors, ...rest } = (await response.json()) as Answer;
  return errors ? { errors } : (data ?? rest);
};

const MASTER = { master: true };
const ANN = { username: 'ann', password: 'annspass', email: 'ann@example.com' };

const SIGN_UP = `mutation ($fields: CreateUserFieldsInput) { signUp(input: { fields: $fields }) { viewer { sessionToken user { id objectId } } } }`;
const LOG_IN = `mutation ($username: String!, $password: String!) {
  logIn(input: { username: $username, password: $password }) { viewer { sessionToken user { objectId } } }
}`;
const VIEWER = '{ viewer { sessionToken user { objectId username email } } }';

const signUpByRest = async (fields: object = ANN): Promise<{ objectId: string; token: string }> => {
  const { objectId, sessionToken } = await rest('POST', '/users', fields);
  return { objectId, token: sessionToken };
};
const signUpByGraphQL = async (fields: object = ANN): Promise<{ id: string; objectId: string; token: string }> => {
  const { signUp } = await graphql(SIGN_UP, { fields });
  return { ...signUp.viewer.user, token: signUp.viewer.sessionToken };
};

describe('who signed up over', () => {
  it('REST logs in over GraphQL', async () => {
    const { objectId } = await signUpByRest();
    const { logIn } = await graphql(LOG_IN, ANN);
    expect(logIn.viewer.user.objectId).toBe(objectId);
  });

  it('GraphQL logs in over REST', async () => {
    const { objectId } = await signUpByGraphQL();
    expect(await rest('POST', '/login', { username: 'ann', password: 'annspass' })).toMatchObject({
      objectId,
      email: ANN.email,
    });
  });

  it('one is refused a second time by the other', async () => {
    await signUpByRest();
    const { errors } = await graphql(SIGN_UP, { fields: { ...ANN, username: 'ANN' } });
    expect(errors[0]).toMatchObject({
      message: 'Account already exists for this username.',
      extensions: { code: 202 },
    });
    expect(await rest('POST', '/users', ANN)).toEqual({
      code: 202,
      error: 'Account already exists for this username.',
    });
  });
});

describe('a session of', () => {
  it('REST is good for GraphQL', async () => {
    const { objectId, token } = await signUpByRest();
    expect((await graphql(VIEWER, {}, { token })).viewer).toEqual({
      sessionToken: token,
      user: { objectId, username: 'ann', email: ANN.email },
    });
  });

  it('GraphQL is good for REST', async () => {
    const { objectId, token } = await signUpByGraphQL();
    expect(await rest('GET', '/users/me', undefined, { token })).toMatchObject({ objectId, sessionToken: token });
  });

  it('REST ends by a GraphQL log-out', async () => {
    const { token } = await signUpByRest();
    await graphql('mutation { logOut(input: {}) { ok } }', {}, { token });
    expect(await rest('GET', '/users/me', undefined, { token })).toEqual({ code: 209, error: 'Invalid session token' });
  });

  it('GraphQL ends by a REST log-out', async () => {
    const { token } = await signUpByGraphQL();
    await rest('POST', '/logout', {}, { token });
    expect(await graphql(VIEWER, {}, { token })).toEqual({ code: 209, error: 'Invalid session token' });
  });

  it('GraphQL ends when REST changes the password', async () => {
    const { objectId, token } = await signUpByGraphQL();
    const { sessionToken } = await rest('PUT', `/users/${objectId}`, { password: 'another' }, { token });
    expect(await graphql(VIEWER, {}, { token })).toMatchObject({ code: 209 });
    expect((await graphql(VIEWER, {}, { token: sessionToken })).viewer.user.objectId).toBe(objectId);
    expect((await graphql(LOG_IN, { username: 'ann', password: 'another' })).logIn.viewer.user.objectId).toBe(objectId);
  });
});

describe('a user that the master key makes', () => {
  it('gets a session over GraphQL, as in the console of the Parse Dashboard', async () => {
    const { signUp } = await graphql(SIGN_UP, { fields: ANN }, MASTER);
    const { sessionToken: token, user } = signUp.viewer;
    expect((await rest('GET', '/users/me', undefined, { token })).objectId).toBe(user.objectId);
  });

  it('gets none over REST, where the master key in a header counts as Cloud Code', async () => {
    expect(await rest('POST', '/users', ANN, MASTER)).not.toHaveProperty('sessionToken');
    expect((await rest('GET', '/sessions', undefined, MASTER)).results).toEqual([]);
  });

  it('gets one over REST when the master key comes in the body, as an SDK sends it', async () => {
    const asSdk = { ...ANN, _ApplicationId: 'APPLICATION_ID', _MasterKey: 'MASTER_KEY' };
    const response = await emulator.fetch(
      new Request(`${ORIGIN}/parse/users`, { method: 'POST', body: JSON.stringify(asSdk) }),
    );
    expect(await response.json()).toHaveProperty('sessionToken');
  });
});

describe('a user', () => {
  it('changed over REST is seen changed over GraphQL', async () => {
    const { objectId, token } = await signUpByRest();
    await rest('PUT', `/users/${objectId}`, { username: 'anna' }, { token });
    expect((await graphql(VIEWER, {}, { token })).viewer.user.username).toBe('anna');
  });

  it('changed over GraphQL is seen changed over REST', async () => {
    const { id, objectId, token } = await signUpByGraphQL();
    const update =
      'mutation ($id: ID!) { updateUser(input: { id: $id, fields: { username: "anna" } }) { user { username } } }';
    await graphql(update, { id }, { token });
    expect(await rest('GET', `/users/${objectId}`, undefined, { token })).toMatchObject({ username: 'anna' });
  });

  it('deleted over GraphQL is gone over REST', async () => {
    const { id, objectId, token } = await signUpByGraphQL();
    await graphql('mutation ($id: ID!) { deleteUser(input: { id: $id }) { user { id } } }', { id }, { token });
    expect(await rest('GET', `/users/${objectId}`, undefined, MASTER)).toEqual({
      code: 101,
      error: 'Object not found.',
    });
  });

  it('whose ACL GraphQL sets shows it over REST, with object ids in place of global ones', async () => {
    const ann = await signUpByGraphQL();
    const bob = await signUpByGraphQL({ username: 'bob', password: 'bobspass' });
    const acl = {
      users: [{ userId: bob.id, read: true, write: false }],
      roles: [{ roleName: 'staff', read: true, write: true }],
    };
    const update =
      'mutation ($id: ID!, $acl: ACLInput) { updateUser(input: { id: $id, fields: { ACL: $acl } }) { user { id } } }';
    await graphql(update, { id: ann.id, acl }, { token: ann.token });
    expect((await rest('GET', `/users/${ann.objectId}`, undefined, { token: bob.token })).ACL).toEqual({
      [bob.objectId]: { read: true },
      'role:staff': { read: true, write: true },
      [ann.objectId]: { read: true, write: true },
    });
  });

  it('who forgot the password asks for a mail over GraphQL, and logs in with the new one over REST', async () => {
    await signUpByRest();
    await graphql('mutation { resetPassword(input: { email: "ann@example.com" }) { ok } }');
    const token = new URL(emulator.outbox.at(-1)?.link ?? '').searchParams.get('token');
    const confirm =
      'mutation ($token: String!) { confirmResetPassword(input: { username: "ann", token: $token, password: "another" }) { ok } }';
    await graphql(confirm, { token });
    expect(await rest('POST', '/login', { username: 'ann', password: 'another' })).toMatchObject({ username: 'ann' });
  });

  it('without a name who came over REST is the same over GraphQL', async () => {
    const authData = { anonymous: { id: '00000000-0000-4000-8000-000000000001' } };
    const { objectId } = await signUpByRest({ authData });
    const logInWith =
      'mutation ($authData: Object!) { logInWith(input: { authData: $authData }) { viewer { user { objectId } } } }';
    expect((await graphql(logInWith, { authData })).logInWith.viewer.user.objectId).toBe(objectId);
  });
});

describe('a class', () => {
  it('made over REST is in the GraphQL schema at once', async () => {
    await rest('POST', '/schemas/Todo', { fields: { title: { type: 'String' }, due: { type: 'Date' } } }, MASTER);
    const create =
      'mutation { createTodo(input: { fields: { title: "x", due: "2001-02-03" } }) { todo { objectId } } }';
    const { createTodo } = await graphql(create);
    expect(await rest('GET', `/classes/Todo/${createTodo.todo.objectId}`)).toMatchObject({
      title: 'x',
      due: { __type: 'Date', iso: '2001-02-03T00:00:00.000Z' },
    });
  });

  it('made over GraphQL takes objects over REST', async () => {
    const create =
      'mutation { createClass(input: { name: "Todo", schemaFields: { addNumbers: [{ name: "level" }] } }) { class { name } } }';
    await graphql(create, {}, MASTER);
    const { objectId } = await rest('POST', '/classes/Todo', { level: 1 });
    await rest('PUT', `/classes/Todo/${objectId}`, { level: { __op: 'Increment', amount: 4 } });
    const { todos } = await graphql(
      '{ todos(where: { level: { greaterThan: 4 } }) { edges { node { objectId level } } } }',
    );
    expect(todos.edges).toEqual([{ node: { objectId, level: 5 } }]);
  });

  it('that REST makes by its first object is in the GraphQL schema at once', async () => {
    await rest('POST', '/classes/Memo', { text: 'hello' });
    expect((await graphql('{ memos { edges { node { text } } } }')).memos.edges).toEqual([{ node: { text: 'hello' } }]);
  });

  it('closed over REST is closed over GraphQL', async () => {
    await rest('POST', '/classes/Memo', { text: 'hello' });
    await rest('PUT', '/schemas/Memo', { classLevelPermissions: { get: { '*': true } } }, MASTER);
    expect((await graphql('{ memos { count } }')).errors[0].extensions.code).toBe(119);
    expect(await rest('GET', '/classes/Memo')).toEqual({ code: 119, error: 'Permission denied' });
  });
});

describe('a role', () => {
  it('that REST fills lets its users in over GraphQL', async () => {
    const { objectId, token } = await signUpByRest();
    const user = { __type: 'Pointer', className: '_User', objectId };
    const users = { __op: 'AddRelation', objects: [user] };
    await rest('POST', '/roles', { name: 'staff', ACL: {}, users }, MASTER);
    await rest('POST', '/classes/Memo', { text: 'for staff', ACL: { 'role:staff': { read: true } } });
    expect((await graphql('{ memos { count } }')).memos.count).toBe(0);
    expect((await graphql('{ memos { count } }', {}, { token })).memos.count).toBe(1);
  });

  it('that GraphQL makes holds what REST says it holds', async () => {
    const { id, objectId } = await signUpByGraphQL();
    const create = `mutation ($id: ID!) {
      createRole(input: { fields: { name: "staff", ACL: { public: { read: true, write: false } }, users: { add: [$id] } } }) { role { objectId } }
    }`;
    const { createRole } = await graphql(create, { id }, MASTER);
    const object = { __type: 'Pointer', className: '_Role', objectId: createRole.role.objectId };
    const where = encodeURIComponent(JSON.stringify({ $relatedTo: { object, key: 'users' } }));
    expect((await rest('GET', `/users?where=${where}`, undefined, MASTER)).results).toMatchObject([{ objectId }]);
  });
});

describe('a function', () => {
  it('answers both', async () => {
    expect(await rest('POST', '/functions/double', { number: 21 })).toEqual({ result: 42 });
    const call = 'mutation { callCloudCode(input: { functionName: double, params: { number: 21 } }) { result } }';
    expect((await graphql(call)).callCloudCode.result).toBe(42);
  });
});
