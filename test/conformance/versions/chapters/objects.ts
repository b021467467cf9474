import type { JsonObject } from '../../../../src/index.ts';
import type { Asker, Asking } from '../asking.ts';
import type { People } from './people.ts';

const PUBLIC_READ = { public: { read: true, write: false } };
const CREATE_ROLE = `mutation ($i: CreateRoleInput!) { createRole(input: $i) {
  role { name ACL { public { read write } } users { count } } } }`;

const roles = async (asking: Asking, people: People): Promise<void> => {
  const create = (name: string, fields: JsonObject, asker: Asker = 'nobody'): Promise<unknown> =>
    asking.graphql(name, CREATE_ROLE, { i: { fields } }, asker);
  await create('r01 createRole anonymous', { name: 'admin', ACL: PUBLIC_READ });
  await create('r02 createRole no ACL', { name: 'none' });
  await create('r03 createRole no name', { ACL: PUBLIC_READ });
  const editors = { name: 'editors', ACL: PUBLIC_READ, users: { add: [people.globalId('A')] } };
  await create('r04 createRole master with users', editors, 'master');
  await asking.graphql('r05 roles anonymous', '{ roles { count edges { node { name users { count } } } } }');
  await create('r06 createRole taken name', { name: 'admin', ACL: PUBLIC_READ });
  await create('r07 createRole bad name', { name: 'a b!', ACL: PUBLIC_READ });
  await asking.ask('r08 REST role no ACL', '/parse/roles', 'nobody', { body: { name: 'rest' } });
  await asking.ask('r09 REST roles', '/parse/roles');
};

const sessions = async (asking: Asking, people: People): Promise<void> => {
  const [ann, cleo] = [{ token: people.token('A') }, { token: people.token('C') }];
  const restricted = '{ sessions { count edges { node { createdWith restricted sessionToken } } } }';
  await asking.graphql('e01 sessions anonymous', restricted);
  const all = `{ sessions(order: [createdAt_ASC]) { count edges { node {
    createdWith restricted sessionToken installationId expiresAt user { username } } } } }`;
  await asking.graphql('e02 sessions as A', all.replace(/\s+/g, ' '), undefined, ann);
  const create = 'mutation { createSession(input: { fields: {} }) { session { sessionToken createdWith } } }';
  await asking.graphql('e03 createSession', create, undefined, ann);
  await asking.graphql('e04 createSession anonymous', create);
  await asking.ask('e05 REST sessions', '/parse/sessions', cleo);
  await asking.ask('e06 REST sessions anonymous', '/parse/sessions');
  await asking.ask('e07 REST create session', '/parse/sessions', cleo, { body: {} });
};

const overRest = async (asking: Asking, people: People): Promise<void> => {
  await asking.ask('c04 REST new class', '/parse/classes/Foo', 'nobody', { body: { a: 1 } });
  await asking.ask(
    'c05 REST new class as user',
    '/parse/classes/Bar',
    { token: people.token('A') },
    { body: { a: 1 } },
  );
  await asking.ask('c06 REST GET unknown class', '/parse/classes/Nope');
  await asking.graphql(
    'c07 create in unknown class',
    'mutation { create(input: { className: "Zed" }) { clientMutationId } }',
  );
  await asking.ask('c08 REST config', '/parse/config');
  await asking.graphql('c09 cloudConfig no master', '{ cloudConfig(paramName: "x") { value } }');
  await asking.ask('c10 REST classes/_User', '/parse/classes/_User?keys=username');
  const requests = [
    { method: 'GET', path: '/parse/users' },
    { method: 'POST', path: '/parse/users', body: { username: 'batched', password: 'x' } },
  ];
  await asking.ask('c11 REST batch', '/parse/batch', 'nobody', { body: { requests } });
  await asking.ask('c12 REST aggregate no master', '/parse/aggregate/_User');
  const installation = { deviceType: 'ios', installationId: '11111111-2222-3333-4444-555555555555' };
  await asking.ask('c13 installations', '/parse/installations', 'nobody', { body: installation });
  await asking.ask('c14 GET installations', '/parse/installations');
};

const files = async (asking: Asking, people: People): Promise<void> => {
  const ann = { token: people.token('A') };
  const upload = (name: string, file: string, type: string, asker: Asker): Promise<unknown> =>
    asking.ask(name, `/parse/files/${file}`, asker, { raw: 'hello', headers: { 'Content-Type': type } });
  await upload('f01 upload anonymous', 'a.txt', 'text/plain', 'nobody');
  await upload('f02 upload user', 'a.txt', 'text/plain', ann);
  await upload('f03 upload html user', 'a.html', 'text/html', ann);
  await upload('f04 upload svg user', 'a.svg', 'image/svg+xml', ann);
  await upload('f05 upload html master', 'a.html', 'text/html', 'master');
};

/** Roles, sessions, classes of the application, and files. */
export const objects = async (asking: Asking, people: People): Promise<void> => {
  await roles(asking, people);
  await sessions(asking, people);
  const create = 'mutation { createClass(input: { name: "Made" }) { class { name } } }';
  await asking.graphql('c01 createClass no master', create);
  await asking.graphql('c02 classes no master', '{ classes { name } }');
  await asking.graphql('c03 class User no master', '{ class(name: "_User") { name } }');
  await overRest(asking, people);
  await files(asking, people);
};
