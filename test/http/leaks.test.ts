import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { APP_ID, jsonOf, post } from '../support/fake-app.ts';
import { runs } from '../support/runs.ts';

const PASSWORD = 'anns own password';
const SIGN_UP = `mutation SignUp($fields: CreateUserFieldsInput) { signUp(input: { fields: $fields }) { viewer { sessionToken } } }`;

let emulator: Emulator;
let annsToken: string;
let bobsToken: string;

const signUp = async (username: string, password: string): Promise<string> => {
  const ACL = { public: { read: true, write: false } };
  const fields = { username, password, email: `${username}@example.com`, ACL };
  const answer = jsonOf(await emulator.handle(post({ query: SIGN_UP, variables: { fields } })));
  const [token] = /r:[0-9a-f]{32}/.exec(JSON.stringify(answer)) ?? [];
  if (!token) throw new Error(`Failed to sign up ${username}: ${JSON.stringify(answer)}`);
  return token;
};

beforeAll(async () => {
  emulator = createEmulator({ bcryptRounds: 4, verifyUserEmails: true });
  annsToken = await signUp('ann', PASSWORD);
  bobsToken = await signUp('bob', 'bobs own password');
});
afterAll(() => emulator.close());

const FIELDS = ['id', 'objectId', 'username', 'email', 'authData', 'emailVerified', 'ACL { users { userId } }'];
const NO_FIELDS = ['password', 'sessionToken', '_hashed_password'];
const KEYS = [
  'password',
  '_hashed_password',
  '_session_token',
  '_perishable_token',
  '_email_verify_token',
  '_rperm',
  'authData',
  'username',
  'email',
  'sessionToken',
  'objectId',
];
const CONSTRAINTS = [{ equalTo: 'ann' }, { exists: true }, { matchesRegex: '.*' }, { notEqualTo: 'x' }];
const SEARCHED = ['password', 'username', 'objectId', 'authData', 'email', '_hashed_password'];
const REST_CONSTRAINTS = ['ann', { $exists: true }, { $regex: '.*' }, { $ne: null }, { $gt: '' }];
const CREDENTIALS = [
  {},
  { 'x-parse-session-token': 'bob' },
  { 'x-parse-session-token': 'r:0123456789abcdef0123456789abcdef' },
];

const selected = fc.tuple(
  fc.subarray(FIELDS, { minLength: 1 }),
  fc.oneof({ weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(NO_FIELDS) }),
);
const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 });
const graphql = fc
  .tuple(
    selected,
    fc.constantFrom('users', 'user', 'sessions', 'viewer', 'node'),
    fc.constantFrom(...SEARCHED),
    fc.constantFrom(...CONSTRAINTS),
  )
  .map(([fields, root, key, constraint]) => {
    const selection = fields.flat().join(' ');
    const where = `where: { ${key}: ${JSON.stringify(constraint).replaceAll(/"(\w+)":/g, '$1:')} }`;
    const queries: { readonly [name: string]: string } = {
      users: `{ users(${where}, order: [${key}_ASC]) { edges { node { ${selection} } } } }`,
      user: `{ user(id: "x") { ${selection} } }`,
      sessions: `{ sessions { edges { node { sessionToken user { ${selection} } } } } }`,
      viewer: `{ viewer { sessionToken user { ${selection} } } }`,
      node: `{ node(id: "x") { ... on User { ${selection} } } }`,
    };
    return post({ query: queries[root] });
  });
const rest = fc
  .tuple(
    fc.constantFrom(
      'users',
      'sessions',
      'classes/_User',
      'classes/_Session',
      'classes/_SCHEMA',
      'classes/_File',
      'aggregate/_User',
    ),
    some(KEYS),
    fc.constantFrom(...KEYS),
    fc.constantFrom(...REST_CONSTRAINTS),
    fc.boolean(),
  )
  .map(([path, keys, key, constraint, isOrdered]) => {
    const search = new URLSearchParams({
      keys: keys.join(),
      where: JSON.stringify({ [key]: constraint }),
      ...(isOrdered && { order: key }),
    });
    return { method: 'GET', url: `/parse/${path}?${search}`, headers: APP_ID, body: '' };
  });

describe('whoever is not ann', () => {
  it('is told neither her token, nor a hash, nor a password, whatever is asked', async () => {
    const requests = fc.tuple(fc.oneof(graphql, rest), fc.constantFrom(...CREDENTIALS));
    await fc.assert(
      fc.asyncProperty(requests, async ([request, credentials]) => {
        const token =
          credentials['x-parse-session-token'] === 'bob' ? { 'x-parse-session-token': bobsToken } : credentials;
        const { status, body } = await emulator.handle({ ...request, headers: { ...request.headers, ...token } });
        expect(status).toBeLessThan(500);
        expect(String(body)).not.toContain(annsToken);
        expect(String(body)).not.toContain(PASSWORD);
        expect(String(body)).not.toMatch(/\$2[aby]\$|"_(?:email_verify_token|hashed_password|perishable_token)"\s*:/);
      }),
      runs(250),
    );
  });

  it('reads none of it in the log of requests', async () => {
    const { body } = await emulator.handle({
      method: 'GET',
      url: '/emulator/requests',
      headers: { host: 'localhost' },
      body: '',
    });
    expect(String(body)).not.toContain(annsToken);
    expect(String(body)).not.toContain(PASSWORD);
  });
});

it('the log keeps no password of a list of operations', async () => {
  const query = 'mutation { logIn(input: { username: "ann", password: "topsecret99" }) { clientMutationId } }';
  await emulator.handle({ ...post({}), body: JSON.stringify([{ query }, { query }]) });
  const [logged] = emulator.requests.slice(-1);
  expect(JSON.stringify(logged)).toContain('logIn');
  expect(JSON.stringify(emulator.requests)).not.toContain('topsecret99');
});
