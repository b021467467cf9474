import type { JsonObject } from '../../../../src/index.ts';
import type { Asker, Asking } from '../asking.ts';
import { DELETE_USER, UPDATE_USER } from './documents.ts';
import type { People } from './people.ts';

const where = (constraint: JsonObject): string => `?where=${encodeURIComponent(JSON.stringify(constraint))}`;

const reading = async (asking: Asking, people: People): Promise<void> => {
  const [ann, bob] = [{ token: people.token('A') }, { token: people.token('B') }];
  const list = 'count edges { node { username email } }';
  await asking.graphql(
    'u01 users anonymous',
    '{ users { count edges { node { username email ACL { public { read } } } } } }',
  );
  await asking.graphql('u02 users as A', `{ users { ${list} } }`, undefined, ann);
  const named = 'query ($w: UserWhereInput) { users(where: $w) { count edges { node { username email } } } }';
  await asking.graphql('u03 users where username', named, { w: { username: { equalTo: 'ann' } } }, ann);
  const byEmail = `{ users(where: { email: { equalTo: "ann@example.com" } }) { ${list} } }`;
  await asking.graphql('u04 users where email', byEmail, undefined, ann);
  await asking.graphql('u05 users master', `{ users { ${list} } }`, undefined, 'master');
  const page =
    'count pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { username } }';
  await asking.graphql(
    'u06 users first 1',
    `{ users(first: 1, order: [createdAt_DESC]) { ${page} } }`,
    undefined,
    'master',
  );
  const one = 'query ($id: ID!) { user(id: $id) { username email } }';
  const whole = 'query ($id: ID!) { user(id: $id) { username email emailVerified } }';
  await asking.graphql('u07 user(id) anonymous', one, { id: people.globalId('A') });
  await asking.graphql('u08 user(id) self', whole, { id: people.globalId('A') }, ann);
  await asking.graphql('u09 user(id) other', one, { id: people.globalId('A') }, bob);
  await asking.graphql('u10 user(id) nothing', one, { id: 'nothing000' }, ann);
  const node = 'query ($id: ID!) { node(id: $id) { __typename id ... on User { username } } }';
  await asking.graphql('u11 node(id) self', node, { id: people.globalId('A') }, ann);
  const plain = 'query ($id: ID!) { user(id: $id) { username } }';
  await asking.graphql('u12 user(id) plain objectId', plain, { id: people.id('A') }, ann);
};

const updating = async (asking: Asking, people: People): Promise<void> => {
  const [ann, bob] = [{ token: people.token('A') }, { token: people.token('B') }];
  const update = (
    name: string,
    asker: Asker,
    id: string,
    fields?: JsonObject,
    clientMutationId?: string,
  ): Promise<unknown> =>
    asking.graphql(
      name,
      UPDATE_USER,
      { i: { id, ...(fields && { fields }), ...(clientMutationId && { clientMutationId }) } },
      asker,
    );
  const id = people.globalId('A');
  await update('u20 updateUser own', ann, id, { email: 'ann.new@example.com' }, 'z');
  await update('u21 updateUser anonymous', 'nobody', id, { email: 'x@example.com' });
  await update('u22 updateUser other', bob, id, { email: 'x@example.com' });
  await update('u23 updateUser nothing', ann, 'nothing000', { email: 'x@example.com' });
  await update('u24 updateUser emailVerified', ann, id, { emailVerified: true });
  await update('u25 updateUser no fields', ann, id);
  await update('u26 updateUser taken name', ann, id, { username: 'bob' });
  await update('u27 updateUser ACL public', ann, id, {
    ACL: { users: [{ userId: id, read: true, write: true }], public: { read: true, write: false } },
  });
  const seen = 'query ($id: ID!) { user(id: $id) { username email emailVerified } }';
  await asking.graphql('u28 user public read by B', seen, { id }, bob);
  await update('u29 updateUser master', 'master', people.globalId('B'), { emailVerified: true });
};

const overRest = async (asking: Asking, people: People): Promise<void> => {
  const [bob, cleo] = [{ token: people.token('B') }, { token: people.token('C') }];
  const path = `/parse/users/${people.id('C')}`;
  const put = (name: string, asker: Asker): Promise<unknown> =>
    asking.ask(name, path, asker, { method: 'PUT', body: { email: 'cleo.new@example.com' } });
  await put('u30 REST PUT own', cleo);
  await put('u31 REST PUT anonymous', 'nobody');
  await put('u32 REST PUT other', bob);
  await asking.ask('u33 REST GET users', '/parse/users?keys=username');
  await asking.ask('u34 REST GET user other', path, bob);
  await asking.ask('u35 REST GET user own', path, cleo);
  await asking.ask('u36 REST DELETE other', path, bob, { method: 'DELETE' });
  await asking.ask('u37 REST DELETE anonymous', path, 'nobody', { method: 'DELETE' });
  await asking.ask('u38 REST where email', `/parse/users${where({ email: 'ann@example.com' })}`);
  await asking.ask('u39 REST where password', `/parse/users${where({ _hashed_password: 'x' })}`);
  await asking.ask('u40 REST bad where', '/parse/users?where={');
  await asking.ask('u41 REST count', '/parse/users?count=1&limit=0');
  await asking.ask('u42 REST $regex', `/parse/users${where({ username: { $regex: '^a' } })}`);
};

const removing = async (asking: Asking, people: People): Promise<void> => {
  const bob = { token: people.token('B') };
  const create =
    'mutation { createUser(input: { fields: { username: "made", password: "x" } }) { clientMutationId user { username emailVerified } } }';
  await asking.graphql('u43 createUser', create);
  const i = { id: people.globalId('A') };
  await asking.graphql('u44 deleteUser anonymous', DELETE_USER, { i });
  await asking.graphql('u45 deleteUser other', DELETE_USER, { i }, bob);
  const regex = '{ users(where: { username: { matchesRegex: "^a" } }) { count } }';
  await asking.graphql('u46 users where regex', regex, undefined, 'master');
  const or = '{ users(where: { OR: [{ username: { equalTo: "ann" } }, { username: { equalTo: "bob" } }] }) { count } }';
  await asking.graphql('u47 users where OR', or, undefined, 'master');
  const password = { i: { id: people.globalId('B'), fields: { password: 'bobpass2' } } };
  await asking.graphql('u48 update password', UPDATE_USER, password, bob);
  await asking.graphql('u49 token after change of password', '{ viewer { user { username } } }', undefined, bob);
  await people.logIn(asking, 'B', 'bob', 'bobpass2');
};

/** Reading, changing and deleting users. */
export const users = async (asking: Asking, people: People): Promise<void> => {
  await reading(asking, people);
  await updating(asking, people);
  await overRest(asking, people);
  await removing(asking, people);
};
