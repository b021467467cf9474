import { gql, rest, type Step } from '../steps.ts';

const VIEWER = 'viewer { sessionToken user { objectId username email emailVerified createdAt updatedAt } }';
const SIGN_UP = `mutation S($fields: CreateUserFieldsInput!) { signUp(input: { fields: $fields, clientMutationId: "s" }) { clientMutationId ${VIEWER} } }`;
const LOG_IN = `mutation L($u: String!, $p: String!) { logIn(input: { username: $u, password: $p }) { ${VIEWER} } }`;
const ME = '{ viewer { user { objectId username email authDataResponse } } }';

const NAME = '{{p}}ann';
const MAIL = '{{p}}ann@verify.invalid';
const TOKEN = 'data.signUp.viewer.sessionToken';

const signUp = (name: string, fields: object, keep: { readonly [name: string]: string } = {}): Step =>
  gql(`sign-up: ${name}`, 'nobody', SIGN_UP, { fields }, { keep });

const logIn = (name: string, u: unknown, p: unknown, keep: { readonly [name: string]: string } = {}): Step =>
  gql(`log-in: ${name}`, 'nobody', LOG_IN, { u, p }, { keep });

const SIGN_UPS: readonly Step[] = [
  signUp(
    'a user',
    { username: NAME, password: 'secret', email: MAIL },
    { ann: TOKEN, annId: 'data.signUp.viewer.user.objectId' },
  ),
  signUp(
    'a second one without an address',
    { username: '{{p}}bob', password: 'secret' },
    { bob: TOKEN, bobId: 'data.signUp.viewer.user.objectId' },
  ),
  signUp('the same name', { username: NAME, password: 'secret' }),
  signUp('the same name in another letter case', { username: '{{P}}ann', password: 'secret' }),
  signUp('the same address', { username: '{{p}}cid', password: 'secret', email: MAIL }),
  signUp('an address that is none', { username: '{{p}}cid', password: 'secret', email: 'nowhere' }),
  signUp('an empty name', { username: '', password: 'secret' }),
  signUp('an empty password', { username: '{{p}}cid', password: '' }),
  signUp('a field that is not there', { username: '{{p}}cid', password: 'secret', noSuchField: 1 }),
  signUp('a value of a wrong type', { username: '{{p}}cid', password: 1 }),
  rest(
    'sign-up: by REST',
    'nobody',
    'POST /users',
    { username: '{{p}}dan', password: 'secret' },
    { keep: { dan: 'sessionToken', danId: 'objectId' } },
  ),
  rest('sign-up: by REST, without a password', 'nobody', 'POST /users', { username: '{{p}}eva' }),
  rest('sign-up: by REST, without a name', 'nobody', 'POST /users', { password: 'secret' }),
  rest('sign-up: by REST, a name that is a number', 'nobody', 'POST /users', { username: 5, password: 'secret' }),
];

const LOG_INS: readonly Step[] = [
  logIn('with the password', NAME, 'secret', { second: 'data.logIn.viewer.sessionToken' }),
  logIn('with a wrong password', NAME, 'wrong'),
  logIn('with an unknown name', '{{p}}nobody', 'secret'),
  logIn('with the name in another letter case', '{{P}}ANN', 'secret'),
  logIn('with an empty password', NAME, ''),
  logIn('with an empty name', '', 'secret'),
  logIn('with the address in the place of the name', MAIL, 'secret'),
  logIn('with nothing', null, null),
  rest(
    'log-in: by REST',
    'nobody',
    'POST /login',
    { username: NAME, password: 'secret' },
    { keep: { third: 'sessionToken' } },
  ),
  rest('log-in: by REST, in the address', 'nobody', 'GET /login?username={{p}}bob&password=secret', undefined, {
    keep: { bobAgain: 'sessionToken' },
    writes: true,
  }),
  rest('log-in: by REST, by the address of mail', 'nobody', 'POST /login', { email: MAIL, password: 'secret' }),
  rest('log-in: by REST, a wrong password', 'nobody', 'POST /login', { username: NAME, password: 'wrong' }),
  rest('log-in: by REST, without a name', 'nobody', 'POST /login', { password: 'secret' }),
  rest('log-in: by REST, without a password', 'nobody', 'POST /login', { username: NAME }),
  rest('log-in: by REST, a password that is an object', 'nobody', 'POST /login', { username: NAME, password: {} }),
  rest('log-in: as another, with the master key', 'master', 'POST /loginAs?userId={{bobId}}', {}),
  rest('log-in: as another, without it', 'ann', 'POST /loginAs?userId={{bobId}}', {}),
  rest('verify a password', 'nobody', 'POST /verifyPassword', { username: NAME, password: 'secret' }),
  rest('verify a wrong password', 'nobody', 'POST /verifyPassword', { username: NAME, password: 'wrong' }),
  gql(
    'log-in: by a provider that there is none of',
    'nobody',
    `mutation { logInWith(input: { authData: { noSuchProvider: { id: "1" } } }) { ${VIEWER} } }`,
  ),
  gql(
    'log-in: anonymously',
    'nobody',
    `mutation { logInWith(input: { authData: { anonymous: { id: "{{p}}-0000" } }, fields: { username: "{{p}}anonymous" } }) { viewer { user { username } } } }`,
  ),
];

const VIEWERS: readonly Step[] = [
  gql('viewer: the one who signed up', 'ann', ME),
  gql('viewer: after a second log-in', 'second', ME),
  gql('viewer: nobody', 'nobody', ME),
  gql(
    'viewer: a token that is none',
    'nobody',
    ME,
    {},
    { headers: { 'X-Parse-Session-Token': 'r:00000000000000000000000000000000' } },
  ),
  gql('viewer: a token in a wrong form', 'nobody', ME, {}, { headers: { 'X-Parse-Session-Token': 'nonsense' } }),
  rest('viewer: by REST', 'ann', 'GET /users/me'),
  rest('viewer: by REST, nobody', 'nobody', 'GET /users/me'),
  rest('viewer: by REST, a token that is none', 'nobody', 'GET /users/me', undefined, {
    headers: { 'X-Parse-Session-Token': 'r:0' },
  }),
];

const UPDATE =
  'mutation U($id: ID!, $fields: UpdateUserFieldsInput!) { updateUser(input: { id: $id, fields: $fields }) { user { objectId username email } } }';
const update = (name: string, as: string, id: string, fields: object): Step =>
  gql(`change: ${name}`, as, UPDATE, { id, fields });

const CHANGES: readonly Step[] = [
  update("one's own address", 'ann', '{{annId}}', { email: '{{p}}new@verify.invalid' }),
  update('an address that another has', 'bob', '{{bobId}}', { email: '{{p}}new@verify.invalid' }),
  update('an address that is none', 'bob', '{{bobId}}', { email: 'x' }),
  update('a name that another has', 'bob', '{{bobId}}', { username: NAME }),
  update('another user', 'bob', '{{annId}}', { email: '{{p}}b@verify.invalid' }),
  update('as nobody', 'nobody', '{{annId}}', { email: '{{p}}b@verify.invalid' }),
  update('with the master key', 'master', '{{bobId}}', { email: '{{p}}bob@verify.invalid' }),
  update('an empty name', 'bob', '{{bobId}}', { username: '' }),
  update('one that is not there', 'master', 'AAAAAAAAAA', { email: '{{p}}b@verify.invalid' }),
  rest('change: by REST', 'bob', 'PUT /users/{{bobId}}', { email: '{{p}}bob2@verify.invalid' }),
  rest('change: by REST, as another', 'ann', 'PUT /users/{{bobId}}', { email: '{{p}}bob3@verify.invalid' }),
  rest('change: by REST, verified by oneself', 'bob', 'PUT /users/{{bobId}}', { emailVerified: true }),
  rest('change: by REST, take the address away', 'bob', 'PUT /users/{{bobId}}', { email: { __op: 'Delete' } }),
  rest('change: a password ends other sessions', 'dan', 'PUT /users/{{danId}}', { password: 'another' }),
  rest('change: the old password does not log in', 'nobody', 'POST /login', {
    username: '{{p}}dan',
    password: 'secret',
  }),
  rest(
    'change: the new password does',
    'nobody',
    'POST /login',
    { username: '{{p}}dan', password: 'another' },
    { keep: { dan: 'sessionToken' } },
  ),
];

const USER = 'query G($id: ID!) { user(id: $id) { objectId username email } }';
const FIND =
  'query F($w: UserWhereInput) { users(where: $w, order: [username_ASC]) { count edges { node { username email } } } }';
const OURS = { username: { matchesRegex: '^{{p}}' } };

const READS: readonly Step[] = [
  gql('read: oneself', 'ann', USER, { id: '{{annId}}' }),
  gql('read: another', 'bob', USER, { id: '{{annId}}' }),
  gql('read: as nobody', 'nobody', USER, { id: '{{annId}}' }),
  gql('read: with the master key', 'master', USER, { id: '{{annId}}' }),
  gql('read: one that is not there', 'master', USER, { id: 'AAAAAAAAAA' }),
  gql('list: with the master key', 'master', FIND, { w: OURS }),
  gql('list: as a user', 'ann', FIND, { w: OURS }),
  gql('list: as nobody', 'nobody', FIND, { w: OURS }),
  gql('list: by an address', 'master', FIND, { w: { email: { equalTo: '{{p}}new@verify.invalid' } } }),
  gql('list: by a field that is not there', 'master', FIND, { w: { noSuchField: { equalTo: 1 } } }),
  gql('list: one of several', 'master', FIND, { w: { username: { in: [NAME, '{{p}}bob'] } } }),
  gql('list: this or that', 'master', FIND, {
    w: { OR: [{ username: { equalTo: NAME } }, { username: { equalTo: '{{p}}dan' } }] },
  }),
  gql('list: who has an address', 'master', FIND, { w: { ...OURS, email: { exists: true } } }),
  rest(
    'list: by REST',
    'master',
    'GET /users?order=username&keys=username,email&where={"username":{"$regex":"^{{p}}"}}',
  ),
  rest(
    'list: by REST, as a user',
    'ann',
    'GET /users?order=username&keys=username,email&where={"username":{"$regex":"^{{p}}"}}',
  ),
  rest('list: by REST, counted', 'master', 'GET /users?limit=0&count=1&where={"username":{"$regex":"^{{p}}"}}'),
  rest('read: by REST', 'ann', 'GET /users/{{annId}}'),
  rest('read: by REST, another', 'bob', 'GET /users/{{annId}}'),
  rest('read: by REST, with the master key', 'master', 'GET /users/{{annId}}'),
];

/** Signing up, logging in, who one is, changes and who sees whom. */
export const USERS: readonly Step[] = [...SIGN_UPS, ...LOG_INS, ...VIEWERS, ...CHANGES, ...READS];
