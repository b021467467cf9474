import { gql, rest, type Step } from '../steps.ts';

const LOG_OUT = 'mutation { logOut(input: { clientMutationId: "o" }) { clientMutationId ok } }';
const RESET = 'mutation R($email: String!) { resetPassword(input: { email: $email }) { ok } }';
const VERIFY = 'mutation V($email: String!) { sendVerificationEmail(input: { email: $email }) { ok } }';
const CONFIRM =
  'mutation C($t: String!) { confirmResetPassword(input: { username: "{{p}}ann", password: "x", token: $t }) { ok } }';

const SESSIONS_OF_ONE: readonly Step[] = [
  rest('session: the present one', 'ann', 'GET /sessions/me'),
  rest('session: nobody has one', 'nobody', 'GET /sessions/me'),
  rest("sessions: one's own", 'bob', 'GET /sessions?keys=user,createdWith&order=createdAt'),
  rest('sessions: as nobody', 'nobody', 'GET /sessions'),
  rest('sessions: made by hand', 'ann', 'POST /sessions', {}),
  rest('sessions: made by nobody', 'nobody', 'POST /sessions', {}),
];

const MAIL: readonly Step[] = [
  gql('mail: a new password, for nobody known', 'nobody', RESET, { email: '{{p}}unknown@verify.invalid' }),
  gql('mail: a new password, for no address', 'nobody', RESET, { email: 'x' }),
  gql('mail: a new password, for empty text', 'nobody', RESET, { email: '' }),
  gql('mail: verify, for nobody known', 'nobody', VERIFY, { email: '{{p}}unknown@verify.invalid' }),
  gql('mail: verify, for empty text', 'nobody', VERIFY, { email: '' }),
  gql('mail: a token that is none', 'nobody', CONFIRM, { t: 'nonsense' }),
  gql('mail: an empty token', 'nobody', CONFIRM, { t: '' }),
  rest('mail: by REST, without an address', 'nobody', 'POST /requestPasswordReset', {}),
  rest('mail: by REST, an address that is a number', 'nobody', 'POST /requestPasswordReset', { email: 5 }),
  rest('mail: by REST, for nobody known', 'nobody', 'POST /requestPasswordReset', {
    email: '{{p}}unknown@verify.invalid',
  }),
  rest('mail: verify, by REST, without an address', 'nobody', 'POST /verificationEmailRequest', {}),
];

const ROLE =
  'mutation R($name: String!, $id: ID!) { createRole(input: { fields: { name: $name, ACL: { public: { read: true, write: false } }, users: { add: [$id] } } }) { role { objectId name users { count } } } }';

const ROLES: readonly Step[] = [
  gql(
    'roles: made with the master key',
    'master',
    ROLE,
    { name: '{{p}}admins', id: '{{annId}}' },
    { keep: { role: 'data.createRole.role.objectId' } },
  ),
  gql('roles: the same name again', 'master', ROLE, { name: '{{p}}admins', id: '{{annId}}' }),
  gql('roles: a name that none can have', 'master', ROLE, { name: '{{p}} ?', id: '{{annId}}' }),
  rest('roles: without an ACL', 'master', 'POST /roles', { name: '{{p}}none' }),
  rest('roles: without a name', 'master', 'POST /roles', { ACL: {} }),
  rest('roles: another name', 'master', 'PUT /roles/{{role}}', { name: '{{p}}other' }),
  rest('roles: as nobody', 'nobody', 'POST /roles', { name: '{{p}}mine', ACL: {} }),
  rest('roles: read', 'ann', 'GET /roles/{{role}}'),
  rest('roles: changed by a member who may not', 'ann', 'PUT /roles/{{role}}', {
    users: { __op: 'AddRelation', objects: [{ __type: 'Pointer', className: '_User', objectId: '{{bobId}}' }] },
  }),
  gql(
    'roles: of a member',
    'master',
    'query F($w: RoleWhereInput) { roles(where: $w) { count edges { node { name users { edges { node { username } } } } } } }',
    { w: { name: { equalTo: '{{p}}admins' } } },
  ),
  rest(
    'roles: members',
    'master',
    'GET /users?keys=username&where={"$relatedTo":{"object":{"__type":"Pointer","className":"_Role","objectId":"{{role}}"},"key":"users"}}',
  ),
];

const ENDS: readonly Step[] = [
  gql('log-out: nobody', 'nobody', LOG_OUT),
  gql('log-out: one session', 'second', LOG_OUT),
  gql('log-out: the token is dead', 'second', '{ viewer { user { username } } }'),
  gql('log-out: the other session lives', 'ann', '{ viewer { user { username } } }'),
  rest('log-out: by REST', 'third', 'POST /logout', {}),
  rest('log-out: by REST, again', 'third', 'POST /logout', {}),
  rest('log-out: by REST, nobody', 'nobody', 'POST /logout', {}),
  gql('delete: another user', 'bob', 'mutation { deleteUser(input: { id: "{{annId}}" }) { user { objectId } } }'),
  gql('delete: as nobody', 'nobody', 'mutation { deleteUser(input: { id: "{{annId}}" }) { user { objectId } } }'),
  gql('delete: oneself', 'bob', 'mutation { deleteUser(input: { id: "{{bobId}}" }) { user { objectId username } } }'),
  gql('delete: the token is dead', 'bobAgain', '{ viewer { user { username } } }'),
  rest('delete: by REST, one that is not there', 'master', 'DELETE /users/{{bobId}}'),
  rest('delete: by REST, with the master key', 'master', 'DELETE /users/{{danId}}'),
];

/** Sessions, mail as far as a link is not needed, roles, and the ends of sessions and users. */
export const SESSIONS: readonly Step[] = [...SESSIONS_OF_ONE, ...MAIL, ...ROLES, ...ENDS];
