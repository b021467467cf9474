import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject, Snapshot } from '../../src/index.ts';
import { type Client, createClient, PUBLIC_READ, refusal, type SignedUp } from '../support/graphql-client.ts';

let client: Client;
let ann: SignedUp;
let note: { id: string; objectId: string };
let before: Snapshot;

beforeAll(async () => {
  client = createClient({ allowClientClassCreation: true });
  await client.putClass({
    className: 'Note',
    fields: {
      title: { type: 'String' },
      thing: { type: 'Object' },
      list: { type: 'Array' },
      owner: { type: 'Pointer', targetClass: '_User' },
      parent: { type: 'Pointer', targetClass: 'Note' },
      parts: { type: 'Relation', targetClass: 'Note' },
    },
  });
  ann = await client.signUp('ann');
  note = await client.create('Note', { title: 'a', owner: { link: ann.id } });
  await client.create('Role', { name: 'staff', ACL: PUBLIC_READ });
});

beforeEach(() => {
  before = client.emulator.snapshot();
});

const unchanged = (): void => expect(client.emulator.snapshot()).toEqual(before);

const createNote = (fields: JsonObject) =>
  client.ask(
    'mutation ($fields: CreateNoteFieldsInput) { createNote(input: { fields: $fields }) { note { id } } }',
    { fields },
    ann,
  );

const findNotes = (where: JsonObject) =>
  client.ask(
    'query ($where: NoteWhereInput) { notes(where: $where) { count edges { node { title } } } }',
    { where },
    ann,
  );

describe('what is not there', () => {
  it.each([
    ['a class', 'mutation { createNothing(input: {}) { nothing { id } } }', 400],
    ['a field', 'mutation { createNote(input: { fields: { nothing: 1 } }) { note { id } } }', 400],
    ['a type', 'query ($where: NothingWhereInput) { notes(where: $where) { count } }', 400],
    ['an order', '{ notes(order: [nothing_ASC]) { count } }', 400],
    ['an operator', '{ notes(where: { title: { like: "a" } }) { count } }', 400],
  ])('%s is a validation error, and nothing is written', async (_, query, status) => {
    const answer = await client.ask(query, {}, ann);
    expect([answer.status, answer.error?.code]).toEqual([status, 'GRAPHQL_VALIDATION_FAILED']);
    unchanged();
  });

  it('is found nowhere: a class that only a subquery names', async () => {
    const inQueryKey = { query: { className: 'Nothing', where: {} }, key: 'a' };
    expect((await findNotes({ title: { inQueryKey } })).data).toEqual({ notes: { count: 0, edges: [] } });
    unchanged();
  });

  it.each<[string, JsonObject]>([
    ['a pointer to nobody', { owner: { link: 'nobodyhere' } }],
    ['a pointer by the id of another class', { owner: { link: btoa('Note:nothere') } }],
    ['a relation to nothing', { parts: { add: ['nothere', btoa('_User:nothere')] } }],
    [
      'a list with a pointer to a class that is not there',
      { list: [{ __type: 'Pointer', className: 'Nothing', objectId: 'x' }] },
    ],
  ])('does no harm: %s', async (_, fields) => {
    const { id } = await client.create('Note', fields);
    const { data, error } = await client.ask(
      'query ($id: ID!) { note(id: $id) { owner { id } parts { count } list { ... on Element { value } } } }',
      { id },
      ann,
    );
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ note: { owner: null, parts: { count: 0 } } });
  });

  it.each<[string, Json]>([
    ['text', 'x'],
    ['a pointer in REST', { __type: 'Pointer', className: '_User', objectId: 'x' }],
    ['a list', [{ link: 'x' }, { link: 'y' }]],
  ])('a pointer that is %s is a 400', async (_, owner) => {
    expect((await createNote({ owner })).status).toBe(400);
    unchanged();
  });
});

describe('an expression that would run for ever elsewhere', () => {
  it.each([
    ['(a+)+$', `${'a'.repeat(5000)}!`],
    ['^(a|aa)+$', `${'a'.repeat(5000)}!`],
    ['(.*a){20}$', `${'a'.repeat(2000)}!`],
    [`${'(a?)'.repeat(200)}b`, 'a'.repeat(2000)],
    ['(a{1,1000}){1,1000}b', 'a'.repeat(2000)],
  ])('%s is answered in time', async (matchesRegex, title) => {
    const hostile = createClient();
    await hostile.putClass({ className: 'Note', fields: { title: { type: 'String' } } });
    await hostile.create('Note', { title });
    const answer = await hostile.ask('query ($where: NoteWhereInput) { notes(where: $where) { count } }', {
      where: { title: { matchesRegex } },
    });
    expect(answer.status).toBe(200);
  });
});

const nest = (depth: number, wrap: (inner: Json) => Json, inner: Json): Json => {
  let nested = inner;
  for (let i = 0; i < depth; i++) nested = wrap(nested);
  return nested;
};

describe('what is nested too deeply', () => {
  it.each<[string, number, (inner: Json) => Json]>([
    ['OR', 300, (inner) => ({ OR: [inner] })],
    ['AND and NOR', 300, (inner) => ({ AND: [{ NOR: [inner] }] })],
    ['have', 200, (inner) => ({ parent: { have: inner } })],
  ])('a where of %s is answered in time, by what it finds or by an error', async (_, depth, wrap) => {
    const where = nest(depth, wrap, { title: { equalTo: 'a' } }) as JsonObject;
    const answer = await findNotes(where);
    expect([200, 400]).toContain(answer.status);
    unchanged();
  });

  it.each([1000, 3000])('an object of %i levels is kept, or refused as a whole', async (depth) => {
    const thing = nest(depth, (inner) => ({ a: inner }), 1) as JsonObject;
    const answer = await createNote({ thing });
    const isKept = answer.error === undefined;
    if (!isKept) unchanged();
    expect((await client.ask('{ health notes { count } }')).error).toBeUndefined();
  });

  it.each([1000, 5000])('a document of %i levels is answered, and the next one is, too', async (depth) => {
    const query = `query ($id: ID!) { note(id: $id) { ${'parent { '.repeat(depth)} title ${'} '.repeat(depth)} } }`;
    const answer = await client.ask(query, { id: note.id }, ann);
    expect([200, 400, 413, 500]).toContain(answer.status);
    expect((await client.ask('{ health }')).data).toEqual({ health: true });
  });

  it('a circle of pointers ends where the document does', async () => {
    const { id } = await client.create('Note', { title: 'circle' });
    await client.ask(
      'mutation ($id: ID!) { updateNote(input: { id: $id, fields: { parent: { link: $id } } }) { note { id } } }',
      { id },
    );
    const query = `query ($id: ID!) { note(id: $id) { ${'parent { '.repeat(20)} title ${'} '.repeat(20)} } }`;
    const { data } = await client.ask(query, { id });
    expect(JSON.stringify(data)).toContain('circle');
  });

  it('objects made within each other are made, or none of them is', async () => {
    const parent = nest(60, (inner) => ({ createAndLink: { title: 'deep', parent: inner } }), { link: note.id });
    const { data, error } = await createNote({ parent } as JsonObject);
    if (error) unchanged();
    else expect(data).toMatchObject({ createNote: { note: { id: expect.any(String) } } });
  });
});

describe('a mutation that is refused writes nothing', () => {
  const refused: [string, string, JsonObject][] = [
    [
      'a role whose new member is refused',
      'createRole(input: { fields: $fields }) { role { id } }',
      { name: 'new', ACL: PUBLIC_READ, users: { createAndAdd: [{ username: 'ann', password: 'x' }] } },
    ],
    [
      'a role of a name that is taken',
      'createRole(input: { fields: $fields }) { role { id } }',
      { name: 'staff', ACL: PUBLIC_READ },
    ],
    [
      'a role that makes no role',
      'createRole(input: { fields: $fields }) { role { id } }',
      { name: 'new', ACL: PUBLIC_READ, roles: { createAndAdd: [{ name: 'inner' }] } },
    ],
  ];

  it.each(refused)('%s', async (_, mutation, fields) => {
    const answer = await client.ask(`mutation ($fields: CreateRoleFieldsInput) { ${mutation} }`, { fields }, 'master');
    expect(answer.error?.code).toEqual(expect.any(Number));
    unchanged();
  });

  it('a note whose parent’s owner is refused', async () => {
    const parent = { createAndLink: { owner: { createAndLink: { username: 'ann', password: 'x' } } } };
    expect(refusal(await createNote({ title: 'new', parent }))).toEqual([
      202,
      'Account already exists for this username.',
    ]);
    unchanged();
  });
});
