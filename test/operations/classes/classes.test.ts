import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/index.ts';
import { type Asker, type Client, createClient, refusal, type SignedUp } from '../../support/graphql-client.ts';

let client: Client;
let ann: SignedUp;

beforeEach(async () => {
  client = createClient();
  ann = await client.signUp('ann');
});

const CLASS = 'class { name schemaFields { __typename name } }';

const change = (verb: 'create' | 'update' | 'delete', input: JsonObject, asker: Asker = 'master') => {
  const type = verb.charAt(0).toUpperCase() + verb.slice(1);
  return client.ask(
    `mutation ($input: ${type}ClassInput!) { ${verb}Class(input: $input) { ${CLASS} } }`,
    { input },
    asker,
  );
};

describe('createClass', () => {
  it('brings queries, mutations and types that the next request can use', async () => {
    expect((await client.ask('{ notes { count } }')).status).toBe(400);
    const { data } = await change('create', { name: 'Note', schemaFields: { addStrings: [{ name: 'title' }] } });
    const fields = (data as { createClass: { class: { schemaFields: Json[] } } }).createClass.class.schemaFields;
    expect(fields).toHaveLength(5);
    expect(fields).toContainEqual({ __typename: 'SchemaStringField', name: 'title' });
    expect(fields).toContainEqual({ __typename: 'SchemaACLField', name: 'ACL' });
    const made = await client.ask(
      'mutation { createNote(input: { fields: { title: "a" } }) { note { title ACL { public { read write } } } } }',
    );
    expect(made.data).toEqual({ createNote: { note: { title: 'a', ACL: { public: { read: true, write: true } } } } });
    expect(
      (await client.ask('{ notes(where: { title: { equalTo: "a" } }, order: [title_ASC]) { count } }')).data,
    ).toEqual({ notes: { count: 1 } });
  });

  it.each<[string, number, string]>([
    ['Note', 103, 'Class Note already exists.'],
    ['_User', 103, 'Class _User already exists.'],
    [
      '1st',
      103,
      'Invalid classname: 1st, classnames can only have alphanumeric characters and _, and must start with an alpha character ',
    ],
    [
      'a-b',
      103,
      'Invalid classname: a-b, classnames can only have alphanumeric characters and _, and must start with an alpha character ',
    ],
    [
      'length',
      103,
      'Invalid classname: length, classnames can only have alphanumeric characters and _, and must start with an alpha character ',
    ],
    [
      '',
      103,
      'Invalid classname: , classnames can only have alphanumeric characters and _, and must start with an alpha character ',
    ],
  ])('refuses the name %j', async (name, code, message) => {
    await change('create', { name: 'Note' });
    expect(refusal(await change('create', { name }))).toEqual([code, message]);
  });

  it.each<[JsonObject, number, string]>([
    [{ addStrings: [{ name: 'a' }], addNumbers: [{ name: 'a' }] }, 105, 'Duplicated field name: a'],
    [{ addStrings: [{ name: '1st' }] }, 105, 'invalid field name: 1st'],
    [{ addStrings: [{ name: 'className' }] }, 105, 'invalid field name: className'],
    [{ addStrings: [{ name: 'objectId' }] }, 136, 'field objectId cannot be added'],
    [
      { addPointers: [{ name: 'p', targetClassName: '1st' }] },
      103,
      'Invalid classname: 1st, classnames can only have alphanumeric characters and _, and must start with an alpha character ',
    ],
  ])('refuses the fields %j, and makes nothing', async (schemaFields, code, message) => {
    expect(refusal(await change('create', { name: 'Note', schemaFields }))).toEqual([code, message]);
    expect(refusal(await client.ask('{ class(name: "Note") { name } }', {}, 'master'))).toEqual([
      103,
      'Class Note does not exist.',
    ]);
  });

  it.each(['nobody', 'a user'])('is not for %s, nor is any other look at a class', async (name) => {
    const asker = name === 'nobody' ? 'nobody' : ann;
    for (const verb of ['create', 'update', 'delete'] as const) {
      expect(refusal(await change(verb, { name: '_User' }, asker))).toEqual([119, 'Permission denied']);
    }
    for (const query of ['{ classes { name } }', '{ class(name: "_User") { name } }']) {
      expect(refusal(await client.ask(query, {}, asker))).toEqual([119, 'Permission denied']);
    }
  });

  it.each([
    'Query',
    'Viewer',
    'Class',
    'File',
    'String',
    'TodoEdge',
    'Health',
    'Node',
    'Users',
    'user',
    'Element',
    'Subscription',
  ])('of a class called %s leaves the rest of the schema as it is', async (name) => {
    await change('create', { name: 'Todo' });
    const before = client.emulator.printSchema();
    await change('create', { name });
    expect(
      (await client.ask('{ health viewer { user { username } } users { count } todos { count } }', {}, ann)).data,
    ).toEqual({
      health: true,
      viewer: { user: { username: 'ann' } },
      users: { count: 1 },
      todos: { count: 0 },
    });
    const lines = new Set(client.emulator.printSchema().split('\n'));
    expect(before.split('\n').filter((line) => !line.startsWith('union ArrayResult') && !lines.has(line))).toEqual([]);
  });
});

describe('updateClass', () => {
  beforeEach(async () => {
    await change('create', {
      name: 'Note',
      schemaFields: { addStrings: [{ name: 'title' }], addGeoPoint: { name: 'place' } },
    });
    await client.create('Note', { title: 'a' });
  });

  it('adds fields and takes them away, with their values', async () => {
    await change('update', {
      name: 'Note',
      schemaFields: { addNumbers: [{ name: 'rank' }], remove: [{ name: 'title' }] },
    });
    expect((await client.ask('{ notes { edges { node { rank } } } }')).data).toEqual({
      notes: { edges: [{ node: { rank: null } }] },
    });
    expect((await client.ask('{ notes { edges { node { title } } } }')).status).toBe(400);
    await change('update', { name: 'Note', schemaFields: { addBooleans: [{ name: 'title' }] } });
    expect((await client.ask('{ notes { edges { node { title } } } }')).data).toEqual({
      notes: { edges: [{ node: { title: null } }] },
    });
  });

  it.each<[JsonObject, number, string]>([
    [{ addStrings: [{ name: 'title' }] }, 105, 'Duplicated field name: title'],
    [{ remove: [{ name: 'objectId' }] }, 136, 'field objectId cannot be changed'],
    [
      { addGeoPoint: { name: 'home' } },
      111,
      'currently, only one GeoPoint field may exist in an object. Adding home when place already exists.',
    ],
  ])('refuses %j, and changes nothing', async (schemaFields, code, message) => {
    const before = client.emulator.snapshot();
    expect(refusal(await change('update', { name: 'Note', schemaFields }))).toEqual([code, message]);
    expect(client.emulator.snapshot()).toEqual(before);
  });

  it.each<[string, JsonObject]>([
    ['nothing', {}],
    ['the removal of what is not there', { remove: [{ name: 'nothing' }] }],
    ['what is added and removed at once', { addStrings: [{ name: 'x' }], remove: [{ name: 'x' }] }],
  ])('with %s answers with the class as it is', async (_, schemaFields) => {
    const before = client.emulator.snapshot();
    expect((await change('update', { name: 'Note', schemaFields })).data).toMatchObject({
      updateClass: { class: { name: 'Note' } },
    });
    expect(client.emulator.snapshot()).toEqual(before);
  });

  it('adds fields to users, who have them at once', async () => {
    await change('update', { name: '_User', schemaFields: { addStrings: [{ name: 'phone' }] } });
    const { data } = await client.ask(
      'mutation ($id: ID!) { updateUser(input: { id: $id, fields: { phone: "1" } }) { user { phone } } }',
      { id: ann.id },
      ann,
    );
    expect(data).toEqual({ updateUser: { user: { phone: '1' } } });
  });

  it('points at a class that is not there yet by an Object, and by its type once it is', async () => {
    await change('update', { name: 'Note', schemaFields: { addPointers: [{ name: 'box', targetClassName: 'Box' }] } });
    expect(client.emulator.printSchema()).toMatch(/^type Note .*?^ {2}box: Object$/ms);
    expect(
      refusal(await client.ask('mutation { createNote(input: { fields: { box: {} } }) { note { id } } }')),
    ).toEqual([106, 'You need to provide link OR createLink on the pointer mutation of field box']);
    await change('create', { name: 'Box' });
    expect(client.emulator.printSchema()).toMatch(/^type Note .*?^ {2}box: Box$/ms);
    expect(
      (
        await client.ask(
          'mutation { createNote(input: { fields: { box: { createAndLink: {} } } }) { note { box { __typename } } } }',
        )
      ).data,
    ).toEqual({
      createNote: { note: { box: { __typename: 'Box' } } },
    });
  });
});

describe('deleteClass', () => {
  it('takes an empty class away, and answers with what it was', async () => {
    await change('create', { name: 'Note', schemaFields: { addStrings: [{ name: 'title' }] } });
    const { id } = await client.create('Note', {});
    expect(refusal(await change('delete', { name: 'Note' }))).toEqual([
      255,
      'Class Note is not empty, contains 1 objects, cannot drop schema.',
    ]);
    await client.ask('mutation ($id: ID!) { deleteNote(input: { id: $id }) { note { id } } }', { id });
    expect((await change('delete', { name: 'Note' })).data).toMatchObject({ deleteClass: { class: { name: 'Note' } } });
    expect((await client.ask('{ notes { count } }')).status).toBe(400);
    expect(refusal(await change('delete', { name: 'Note' }))).toEqual([103, 'Class Note does not exist.']);
  });
});

describe('the GraphQL schema', () => {
  it('is built again only when a class changes', async () => {
    const { createSchemaSource } = await import('../../../src/graphql/schema/source.ts');
    const { NO_FUNCTIONS } = await import('../../../src/operations/functions/table.ts');
    const { Schemas } = await import('../../../src/operations/schemas.ts');
    const { putClass } = await import('../../../src/operations/schemas.ts');
    const { Store } = await import('../../../src/store/store.ts');
    const { resolveOptions } = await import('../../../src/options/check.ts');
    const store = new Store(undefined);
    const config = {};
    const source = createSchemaSource(
      new Schemas(store),
      resolveOptions({}),
      () => true,
      () => undefined,
      NO_FUNCTIONS.names,
      () => config,
    );
    const first = source.get();
    store.transact((transaction) => transaction.put('_User', { objectId: 'a', createdAt: '', updatedAt: '' }));
    expect(source.get()).toBe(first);
    store.transact((transaction) => putClass({ className: 'Note', fields: {} }, transaction));
    const second = source.get();
    expect(second).not.toBe(first);
    store.transact((transaction) =>
      putClass({ className: 'Note', fields: {}, classLevelPermissions: { find: {} } }, transaction),
    );
    expect(source.get()).toBe(second);
  });

  it('is shared by emulators of the same classes, and says nothing of another one', async () => {
    const other = createClient();
    await change('create', { name: 'Note', schemaFields: { addStrings: [{ name: 'title' }] } });
    await other.putClass({ className: 'Note', fields: { title: { type: 'String' } } });
    await client.create('Note', { title: 'mine' });
    const notes = '{ notes { edges { node { title } } } }';
    expect((await client.ask(notes)).data).toEqual({ notes: { edges: [{ node: { title: 'mine' } }] } });
    expect((await other.ask(notes)).data).toEqual({ notes: { edges: [] } });
  });
});

describe('classes in the options', () => {
  it('are there from the start, in the form of REST /schemas', async () => {
    const definitions = [
      {
        className: 'Note',
        fields: { title: { type: 'String', required: true } },
        classLevelPermissions: { create: { '*': true }, get: { '*': true } },
      },
    ] as const;
    client = createClient({ schema: { definitions } });
    expect(client.emulator.printSchema()).toContain('title: String!');
    expect(
      (await client.ask('mutation { createNote(input: { fields: { title: "a" } }) { note { title } } }')).data,
    ).toEqual({ createNote: { note: { title: 'a' } } });
    expect(refusal(await client.ask('{ notes { count } }'))).toEqual([119, 'Permission denied']);
  });

  it('that are wrong are refused at the start', () => {
    const definitions = [{ className: 'Note', fields: { a: { type: 'Nothing' } } }];
    expect(() => createClient({ schema: { definitions } as never })).toThrow(/Nothing/);
  });
});
