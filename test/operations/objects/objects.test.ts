import { beforeEach, describe, expect, it } from 'vitest';
import type { ClassSchema, Json, JsonObject } from '../../../src/index.ts';
import { type Client, createClient, PUBLIC_READ, refusal, type SignedUp } from '../../support/graphql-client.ts';

const FIELDS: ClassSchema['fields'] = {
  text: { type: 'String' },
  number: { type: 'Number' },
  truth: { type: 'Boolean' },
  when: { type: 'Date' },
  list: { type: 'Array' },
  thing: { type: 'Object' },
  place: { type: 'GeoPoint' },
  paper: { type: 'File' },
  raw: { type: 'Bytes' },
  area: { type: 'Polygon' },
  owner: { type: 'Pointer', targetClass: '_User' },
  parent: { type: 'Pointer', targetClass: 'Note' },
  watchers: { type: 'Relation', targetClass: '_User' },
  parts: { type: 'Relation', targetClass: 'Note' },
};

const SHOWN: { readonly [field: string]: string } = {
  text: 'text',
  number: 'number',
  truth: 'truth',
  when: 'when',
  list: 'list { ... on Element { value } ... on Note { text } }',
  thing: 'thing',
  place: 'place { latitude longitude }',
  paper: 'paper { name url }',
  raw: 'raw',
  area: 'area { latitude longitude }',
  owner: 'owner { username }',
  parent: 'parent { text owner { username } }',
  watchers: 'watchers(order: [username_ASC]) { count edges { node { username } } }',
  parts: 'parts(order: [text_ASC]) { count edges { node { text } } }',
};

let client: Client;
let ann: SignedUp;

beforeEach(async () => {
  client = createClient({ enforcePrivateUsers: false });
  await client.putClass({ className: 'Note', fields: FIELDS });
  ann = await client.signUp('ann');
});

const write = async (verb: 'create' | 'update', fields: JsonObject, shown: string, id?: string) => {
  const typeName = verb === 'create' ? 'Create' : 'Update';
  const answer = await client.ask(
    `mutation ($input: ${typeName}NoteInput!) { ${verb}Note(input: $input) { note { ${shown} } } }`,
    { input: { fields, ...(id !== undefined && { id }) } },
    ann,
  );
  const payload = (answer.data as { [name: string]: { note: { [field: string]: Json } } | null } | undefined)?.[
    `${verb}Note`
  ];
  return { ...answer, note: payload?.note };
};

const point = (latitude: number, longitude: number) => ({ latitude, longitude });
const RING = [point(0, 0), point(0, 1), point(1, 1)];

describe('a field of type', () => {
  it.each<[string, Json, Json]>([
    ['text', 'ünï', 'ünï'],
    ['text', '', ''],
    ['number', 1.5, 1.5],
    ['number', -3, -3],
    ['truth', false, false],
    ['when', '2020-02-01T10:00:00+02:00', '2020-02-01T08:00:00.000Z'],
    ['when', { __type: 'Date', iso: '2020-02-01' }, '2020-02-01T00:00:00.000Z'],
    ['list', ['a', 1, { k: [] }], [{ value: 'a' }, { value: 1 }, { value: { k: [] } }]],
    ['list', 'one', [{ value: 'one' }]],
    ['thing', { a: { b: [1, null] } }, { a: { b: [1, null] } }],
    ['place', point(1, 2), point(1, 2)],
    ['paper', { file: 'a.txt' }, { name: 'a.txt', url: 'http://localhost:1337/parse/files/APPLICATION_ID/a.txt' }],
    ['raw', 'aGVsbG8=', 'aGVsbG8='],
    ['area', RING, [...RING, point(0, 0)]],
  ])('%s takes %j and gives %j; null takes it away', async (field, value, shown) => {
    const { note } = await write('create', { [field]: value }, `id ${SHOWN[field]}`);
    expect(note?.[field]).toEqual(shown);
    const changed = await write('update', { [field]: null }, `${SHOWN[field]}`, String(note?.['id']));
    expect(changed.note).toEqual({ [field]: null });
  });

  it.each<[string, Json, Json, RegExp]>([
    ['text', 5, 'BAD_USER_INPUT', /String cannot represent a non string value: 5/],
    ['number', '5', 'BAD_USER_INPUT', /Float cannot represent non numeric value: "5"/],
    ['when', 'some day', 'BAD_USER_INPUT', /some day is not a valid Date/],
    ['thing', 'x', 'BAD_USER_INPUT', /x is not a valid Object/],
    ['thing', { 'a.b': 1 }, 121, /Nested keys should not contain the '\$' or '.' characters/],
    ['thing', { deep: [{ $where: 1 }] }, 121, /Nested keys should not contain/],
    ['thing', { constructor: {} }, 105, /Prohibited keyword in request data/],
    ['place', { latitude: 1 }, 'BAD_USER_INPUT', /required type .*was not provided/],
    ['paper', {}, 130, /^Invalid file upload\.$/],
    ['paper', { file: '' }, 130, /^Invalid file upload\.$/],
    ['raw', '', 111, /^This is not a valid Bytes$/],
    ['area', [], 107, /^Polygon must have at least 3 values$/],
    ['area', [point(0, 0), point(0, 0), point(0, 0)], 1, /^GeoJSON: Loop must have at least 3 different vertices$/],
    ['owner', {}, 106, /^You need to provide link OR createLink on the pointer mutation of field owner$/],
    ['owner', { link: 'a', createAndLink: {} }, 106, /^You need to provide link OR createLink/],
    ['watchers', {}, 106, /^You need to provide at least one operation on the relation mutation of field watchers$/],
    ['watchers', null, 1, /^Internal server error$/],
    ['watchers', { add: [] }, 1, /^Internal server error$/],
  ])('%s refuses %j, and nothing is written', async (field, value, code, message) => {
    const before = client.emulator.snapshot();
    const { error } = await write('create', { [field]: value }, 'id');
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(message);
    expect(client.emulator.snapshot()).toEqual(before);
  });
});

describe('an update', () => {
  it('leaves what it does not name, and moves updatedAt only', async () => {
    const { note } = await write('create', { text: 'a', number: 1 }, 'id createdAt updatedAt');
    expect(note?.['updatedAt']).toBe(note?.['createdAt']);
    client.emulator.clock.advance({ seconds: 1 });
    const changed = await write('update', { number: 2 }, 'text number createdAt updatedAt', String(note?.['id']));
    expect(changed.note).toMatchObject({ text: 'a', number: 2, createdAt: note?.['createdAt'] });
    expect(changed.note?.['updatedAt']).not.toBe(note?.['updatedAt']);
  });

  it.each<[string, JsonObject | null]>([
    ['nothing', {}],
    ['no fields', null],
  ])('of %s is one all the same', async (_, fields) => {
    const { note } = await write('create', { text: 'a' }, 'id');
    const input = { id: String(note?.['id']), fields };
    const { data } = await client.ask(
      'mutation ($input: UpdateNoteInput!) { updateNote(input: $input) { note { text } } }',
      { input },
    );
    expect(data).toEqual({ updateNote: { note: { text: 'a' } } });
  });

  it.each(['nothere', 'X1VzZXI6bm90aGVyZQ==', ''])('of an object that is not there (%j) is refused', async (id) => {
    for (const mutation of ['updateNote(input: { id: $id })', 'deleteNote(input: { id: $id })']) {
      expect(refusal(await client.ask(`mutation ($id: ID!) { ${mutation} { note { id } } }`, { id }, ann))).toEqual([
        101,
        'Object not found.',
      ]);
    }
  });
});

describe('a default value', () => {
  beforeEach(() =>
    client.putClass({
      className: 'Plan',
      fields: {
        name: { type: 'String', required: true },
        seats: { type: 'Number', defaultValue: 1 },
        tags: { type: 'Array', defaultValue: ['new'] },
      },
    }),
  );

  const createPlan = (fields: JsonObject) =>
    client.ask(
      'mutation ($fields: CreatePlanFieldsInput) { createPlan(input: { fields: $fields }) { plan { id name seats tags { ... on Element { value } } } } }',
      { fields },
    );

  it('stands where nothing is said, and where null is', async () => {
    for (const fields of [{ name: 'team' }, { name: 'team', seats: null, tags: null }]) {
      expect((await createPlan(fields)).data).toMatchObject({
        createPlan: { plan: { seats: 1, tags: [{ value: 'new' }] } },
      });
    }
    expect((await createPlan({ name: 'team', seats: 0, tags: [] })).data).toMatchObject({
      createPlan: { plan: { seats: 0, tags: [] } },
    });
  });

  it('does not come back in an update', async () => {
    const { id } = await client.create('Plan', { name: 'team' });
    const { data } = await client.ask(
      'mutation ($id: ID!) { updatePlan(input: { id: $id, fields: { seats: null } }) { plan { seats } } }',
      { id },
    );
    expect(data).toEqual({ updatePlan: { plan: { seats: null } } });
  });

  it('does not stand for a required field: it must be there, and stay there', async () => {
    expect((await createPlan({})).error?.code).toBe('BAD_USER_INPUT');
    expect(refusal(await createPlan({ name: '' }))).toEqual([142, 'name is required']);
    const { id } = await client.create('Plan', { name: 'team' });
    for (const name of ['', null]) {
      const answer = await client.ask(
        'mutation ($id: ID!, $name: String) { updatePlan(input: { id: $id, fields: { name: $name } }) { plan { id } } }',
        { id, name },
      );
      expect(refusal(answer)).toEqual([142, 'name is required']);
    }
  });
});

describe('a pointer', () => {
  it('links by either id, and shows what the asker may read', async () => {
    for (const link of [ann.id, ann.objectId]) {
      expect((await write('create', { owner: { link } }, `${SHOWN['owner']}`)).note).toEqual({
        owner: { username: 'ann' },
      });
    }
    const hidden = await client.create('User', { username: 'hidden', password: 'x', ACL: {} });
    for (const link of [hidden.id, 'nobodyhere']) {
      expect((await write('create', { owner: { link } }, `${SHOWN['owner']}`)).note).toEqual({ owner: null });
    }
  });

  it('of which only the type is asked is not followed', async () => {
    const { note } = await write('create', { owner: { link: 'nobodyhere' } }, 'owner { __typename }');
    expect(note).toEqual({ owner: { __typename: 'User' } });
  });

  it('makes what it leads to, at any depth, in one mutation', async () => {
    const parent = { createAndLink: { text: 'up', owner: { createAndLink: { username: 'new', password: 'x' } } } };
    const { note } = await write('create', { text: 'down', parent }, `text ${SHOWN['parent']}`);
    expect(note).toEqual({ text: 'down', parent: { text: 'up', owner: { username: 'new' } } });
    expect(client.emulator.snapshot()['_Session']).toHaveLength(2); // ann's, and the one that Parse opens for a new user
  });

  it.each<[string, JsonObject, number]>([
    ['a user without a password', { username: 'new' }, 201],
    ['a user whose name is taken', { username: 'ANN', password: 'x' }, 202],
    ['a user with a bad address', { username: 'new', password: 'x', email: 'bad' }, 125],
  ])('that cannot make %s leaves nothing behind', async (_, createAndLink, code) => {
    const before = client.emulator.snapshot();
    const { error } = await write(
      'create',
      { text: 'x', parent: { createAndLink: { owner: { createAndLink } } } },
      'id',
    );
    expect(error?.code).toBe(code);
    expect(client.emulator.snapshot()).toEqual(before);
  });
});

describe('a relation', () => {
  const names = (...found: string[]) => ({
    watchers: { count: found.length, edges: found.map((username) => ({ node: { username } })) },
  });

  it('adds and removes, by either id, once each', async () => {
    const bob = await client.signUp('bob');
    const { note } = await write(
      'create',
      { watchers: { add: [ann.id, bob.objectId, ann.objectId] } },
      `id ${SHOWN['watchers']}`,
    );
    expect(note).toMatchObject(names('ann', 'bob'));
    const changed = await write(
      'update',
      { watchers: { remove: [ann.id, 'nobodyhere'] } },
      `${SHOWN['watchers']}`,
      String(note?.['id']),
    );
    expect(changed.note).toEqual(names('bob'));
  });

  it('makes its members, and theirs', async () => {
    const parts = { createAndAdd: [{ text: 'a' }, { text: 'b', parts: { createAndAdd: [{ text: 'c' }] } }] };
    const { note } = await write('create', { parts }, `${SHOWN['parts']}`);
    expect(note).toEqual({ parts: { count: 2, edges: [{ node: { text: 'a' } }, { node: { text: 'b' } }] } });
    expect((await client.ask('{ notes { count } }', {}, 'master')).data).toEqual({ notes: { count: 4 } });
  });

  it('that fails to make one member has made the others, as in Parse, but not the object itself', async () => {
    const watchers = { createAndAdd: [{ username: 'new' }, { username: 'other', password: 'x' }] };
    const { error } = await write('create', { watchers }, 'id');
    expect(error).toEqual({ code: 201, message: 'password is required' });
    const { _User: users = [], Note: notes } = client.emulator.snapshot();
    expect(users.map((user) => user['username'])).toEqual(['ann', 'other']);
    expect(notes).toBeUndefined();
  });

  it('to nothing is kept and not shown', async () => {
    const { note } = await write('create', { watchers: { add: ['nobodyhere'] } }, `${SHOWN['watchers']}`);
    expect(note).toEqual(names());
  });

  it('is a list like any other: it is filtered, ordered and paged', async () => {
    await client.signUp('bob');
    const cid = await client.signUp('cid');
    const { note } = await write('create', { watchers: { add: [ann.id, cid.id] } }, 'id');
    const { data } = await client.ask(
      'query ($id: ID!) { note(id: $id) { first: watchers(order: [username_DESC], first: 1) { count edges { node { username } } } a: watchers(where: { username: { equalTo: "ann" } }) { count } } }',
      { id: String(note?.['id']) },
    );
    expect(data).toEqual({ note: { first: { count: 2, edges: [{ node: { username: 'cid' } }] }, a: { count: 1 } } });
  });
});

it('pointers in a list come as their objects, where these are readable', async () => {
  const { objectId } = await client.create('Note', { text: 'in a list' });
  const list = [{ __type: 'Pointer', className: 'Note', objectId }, 'text'];
  const { note } = await write('create', { list }, `${SHOWN['list']}`);
  expect(note).toEqual({ list: [{ text: 'in a list' }, { value: 'text' }] });
});

it('node finds any object by its global id, and says what it is', async () => {
  const { id } = await client.create('Note', { text: 'here', ACL: PUBLIC_READ });
  const node = (globalId: string) =>
    client.ask('query ($id: ID!) { node(id: $id) { __typename id ... on Note { text } } }', { id: globalId });
  expect((await node(id)).data).toEqual({ node: { __typename: 'Note', id, text: 'here' } });
  expect(await node(btoa('Note:nothere'))).toMatchObject({ data: { node: null }, error: { code: 101 } });
});

it('several mutations of one document run in order, and one that fails does not stop the others', async () => {
  const { data, error } = await client.ask(
    'mutation { a: createNote(input: { fields: { text: "a" } }) { note { text } } b: updateNote(input: { id: "nothere" }) { note { text } } c: createNote(input: { clientMutationId: "3" }) { clientMutationId } }',
    {},
    ann,
  );
  expect(data).toEqual({ a: { note: { text: 'a' } }, b: null, c: { clientMutationId: '3' } });
  expect(error?.code).toBe(101);
});
