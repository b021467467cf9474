import { gql, rest, type Step } from '../steps.ts';

const CLASS = '{{C}}';

const OBJECTS: readonly Step[] = [
  rest('class: made with the master key', 'master', `POST /schemas/${CLASS}`, {
    className: CLASS,
    fields: {
      title: { type: 'String', required: true },
      count: { type: 'Number' },
      owner: { type: 'Pointer', targetClass: '_User' },
      secret: { type: 'String' },
    },
    classLevelPermissions: {
      ...{ find: { '*': true }, get: { '*': true }, count: { '*': true }, create: { requiresAuthentication: true } },
      ...{ update: { '*': true }, delete: {}, addField: {}, protectedFields: { '*': ['secret'] } },
    },
  }),
  rest('class: as a user', 'ann', `POST /schemas/${CLASS}Other`, { className: `${CLASS}Other` }),
  rest('objects: made as nobody', 'nobody', `POST /classes/${CLASS}`, { title: 'a' }),
  rest(
    'objects: made',
    'ann',
    `POST /classes/${CLASS}`,
    {
      title: 'a',
      count: 1,
      secret: 's',
      owner: { __type: 'Pointer', className: '_User', objectId: '{{annId}}' },
      ACL: { '{{annId}}': { read: true, write: true } },
    },
    { keep: { object: 'objectId' } },
  ),
  rest(
    'objects: made for all',
    'ann',
    `POST /classes/${CLASS}`,
    { title: 'b', count: 2 },
    { keep: { open: 'objectId' } },
  ),
  rest('objects: without what is required', 'ann', `POST /classes/${CLASS}`, { count: 1 }),
  rest('objects: a value of a wrong type', 'ann', `POST /classes/${CLASS}`, { title: 1 }),
  rest('objects: a field that is new', 'ann', `POST /classes/${CLASS}`, { title: 'c', other: 1 }),
  rest('objects: read as their owner', 'ann', `GET /classes/${CLASS}/{{object}}`),
  rest('objects: read as nobody', 'nobody', `GET /classes/${CLASS}/{{object}}`),
  rest('objects: read for all', 'nobody', `GET /classes/${CLASS}/{{open}}`),
  rest('objects: listed as nobody', 'nobody', `GET /classes/${CLASS}?order=title`),
  rest(
    'objects: listed with their owner',
    'ann',
    `GET /classes/${CLASS}?order=title&include=owner&keys=title,owner.username`,
  ),
  rest('objects: by a protected field', 'nobody', `GET /classes/${CLASS}?where={"secret":"s"}`),
  rest('objects: incremented', 'ann', `PUT /classes/${CLASS}/{{open}}`, { count: { __op: 'Increment', amount: 5 } }),
  rest('objects: changed as nobody', 'nobody', `PUT /classes/${CLASS}/{{object}}`, { title: 'x' }),
  rest('objects: deleted where nobody may', 'ann', `DELETE /classes/${CLASS}/{{open}}`),
  rest('objects: deleted with the master key', 'master', `DELETE /classes/${CLASS}/{{open}}`),
  rest('objects: gone', 'ann', `GET /classes/${CLASS}/{{open}}`),
  rest('objects: of a class that is not there', 'ann', `GET /classes/${CLASS}Nothing`),
  rest('objects: made in a class that is not there', 'ann', `POST /classes/${CLASS}Nothing`, { a: 1 }),
  rest('batch', 'ann', 'POST /batch', {
    requests: [
      { method: 'POST', path: '{{mount}}/classes/{{C}}', body: { title: 'd' } },
      { method: 'POST', path: '{{mount}}/classes/{{C}}', body: {} },
    ],
  }),
  gql(
    'objects: by GraphQL',
    'ann',
    'query { {{c}}s(order: [title_ASC]) { count edges { node { title count owner { username } } } } }',
  ),
  gql(
    'objects: made by GraphQL',
    'ann',
    'mutation { create{{C}}(input: { fields: { title: "e" } }) { {{c}} { objectId title } } }',
  ),
  gql(
    'objects: made by GraphQL without what is required',
    'ann',
    'mutation { create{{C}}(input: { fields: { count: 1 } }) { {{c}} { objectId } } }',
  ),
];

const PROTOCOL: readonly Step[] = [
  gql('GraphQL: health', 'nobody', '{ health }'),
  gql('GraphQL: a field that is not there', 'nobody', '{ noSuchField }'),
  gql('GraphQL: a document that is none', 'nobody', '{ health'),
  gql('GraphQL: an empty document', 'nobody', ''),
  gql('GraphQL: the type of a field', 'nobody', '{ health { x } }'),
  gql('GraphQL: a variable that is missing', 'nobody', 'query Q($id: ID!) { user(id: $id) { objectId } }'),
  gql('GraphQL: the schema, as nobody', 'nobody', '{ __schema { queryType { name } } }'),
  gql(
    'GraphQL: the schema, with the master key',
    'master',
    '{ __schema { queryType { name } mutationType { name } } }',
  ),
  gql(
    'GraphQL: fields of a user',
    'master',
    '{ __type(name: "CreateUserFieldsInput") { inputFields { name type { name kind ofType { name } } } } }',
  ),
  gql(
    'GraphQL: what users are found by',
    'master',
    '{ __type(name: "UserWhereInput") { inputFields { name type { name kind ofType { name } } } } }',
  ),
  gql(
    'GraphQL: without an application id',
    'nobody',
    '{ health }',
    {},
    { headers: { 'X-Parse-Application-Id': 'nonsense' } },
  ),
  gql(
    'GraphQL: a function that is not there',
    'nobody',
    'mutation { callCloudCode(input: { functionName: noSuchFunction }) { result } }',
  ),
  gql('GraphQL: classes, as a user', 'ann', '{ classes { name } }'),
  rest('REST: health', 'nobody', 'GET /health'),
  rest('REST: a path that is not there', 'nobody', 'GET /no/such/path'),
  rest('REST: without an application id', 'nobody', 'GET /users', undefined, {
    headers: { 'X-Parse-Application-Id': 'nonsense' },
  }),
  rest('REST: what is for the master key alone', 'nobody', 'GET /schemas'),
  rest('REST: a wrong master key', 'nobody', 'GET /schemas', undefined, {
    headers: { 'X-Parse-Master-Key': 'nonsense' },
  }),
  rest('REST: a function that is not there', 'nobody', 'POST /functions/noSuchFunction', {}, { writes: false }),
  rest('REST: permissions of users', 'master', 'GET /schemas/_User', undefined, { without: ['indexes'] }),
];

/** What GraphQL and REST are like whoever asks. */
export const SERVER: readonly Step[] = PROTOCOL;

/** Classes and objects of the application. */
export const CLASSES: readonly Step[] = OBJECTS;
