import { buildSchema, type GraphQLSchema, versionInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { GraphQLContext } from '../../src/graphql/context.ts';
import { createExecutor, type GraphQLParams, type GraphQLRun } from '../../src/graphql/execution/execute.ts';
import { resolveOptions } from '../../src/options/check.ts';
import { growthOf } from '../support/count-calls.ts';
import { createSmallSchema } from '../support/fake-app.ts';

const silent = (): void => undefined;
const small = createSmallSchema();
const execute = createExecutor({ getSchema: () => small, log: silent, options: resolveOptions() });
const OPEN: GraphQLRun = { method: 'POST', contextValue: {} as GraphQLContext, mayIntrospect: true };

const messagesOf = async (params: GraphQLParams, run: Partial<GraphQLRun> = {}) =>
  (await execute(params, { ...OPEN, ...run })).body.errors?.map(({ message }) => message) ?? [];

describe('documents', () => {
  it('are validated anew when the schema changes', async () => {
    let schema: GraphQLSchema = buildSchema('type Query { a: Int }');
    const run = createExecutor({ getSchema: () => schema, log: silent, options: resolveOptions() });
    expect((await run({ query: '{ a }' }, OPEN)).status).toBe(200);
    schema = buildSchema('type Query { b: Int }');
    expect((await run({ query: '{ a }' }, OPEN)).status).toBe(400);
    expect((await run({ query: '{ b }' }, OPEN)).status).toBe(200);
  });

  it('are answered alike however many there are', async () => {
    const query = (number: number) => ({ query: `{ a${number}: health }` });
    for (let number = 0; number < 600; number++) await execute(query(number), OPEN);
    expect((await execute(query(0), OPEN)).body.data).toEqual({ a0: true });
  });

  it.each(['{'.repeat(20_000), `{ users(where: ${'['.repeat(20_000)}) { id } }`])(
    'that nest too deeply are syntax errors',
    async (query) => {
      expect((await execute({ query }, OPEN)).body.errors).toMatchObject([
        { extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
      ]);
    },
  );

  it.each(['health ', 'x '])('that repeat %s take work in proportion', async (field) => {
    const run = (size: number) => execute({ query: `{ ${field.repeat(size)} }` }, OPEN);
    expect(await growthOf(run, 10_000)).toBeLessThan(2.5);
  });
});

describe('variables', () => {
  it('that nest too deeply are refused', async () => {
    const schema = buildSchema('input Where { or: [Where] } type Query { find(where: Where): Int }');
    const run = createExecutor({ getSchema: () => schema, log: silent, options: resolveOptions() });
    const where = Array.from({ length: 30_000 }).reduce<object>((inner) => ({ or: [inner] }), {});
    expect(
      await run({ query: 'query Q($where: Where) { find(where: $where) }', variables: { where } }, OPEN),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ message: expect.any(String), extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    });
  });
});

describe('introspection', () => {
  const closed = { mayIntrospect: false };

  it.each([
    '{ __schema { queryType { name } } }',
    '{ __type(name: "User") { name } }',
    '{ health } # no __schema',
    '{ ...F } fragment F on Query { __type(name: "User") { name } }',
  ])('that is off refuses %s', async (query) => {
    expect(await execute({ query }, { ...OPEN, ...closed })).toMatchObject({
      status: 403,
      body: { errors: [{ message: 'Introspection is not allowed', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    });
    expect((await execute({ query }, OPEN)).status).toBe(200);
  });

  it.each(['{ __typename health }', '{ users(where: { username: { equalTo: "__type(" } }) { id } }'])(
    'that is off answers %s',
    async (query) => {
      expect((await execute({ query }, { ...OPEN, ...closed })).status).toBe(200);
    },
  );

  it.runIf(versionInfo.major === 16).each([
    ['{ helth }', 'Cannot query field "helth".'],
    ['{ users(frist: 1) { id } }', 'Unknown argument "frist" on field "Query.users".'],
    ['{ users(where: { usernam: {} }) { id } }', 'Field "usernam" is not defined.'],
    ['mutation { logIn(input: { username: "ann" }) { ok } }', 'Field of required type was not provided.'],
    ['{ user(id: 1) }', 'Field "user" must have a selection of subfields.'],
    [
      'query U($a: String) { users(first: $a) { id } }',
      'Variable "$a" of type "String" used in position expecting a different type.',
    ],
    ['{ user(id: null) { id } }', 'Expected value of the correct type, found null.'],
    [
      '{ user(id: 1) { ... on Mutation { refused } } }',
      'Fragment cannot be spread here as objects of the parent type can never be of type "Mutation".',
    ],
    ['{ ...F } fragment F on User { nme }', 'Cannot query field "nme" on type "User".'],
  ])('that is off tells nothing: %s', async (query, message) => {
    expect(await messagesOf({ query }, closed)).toContain(message);
  });

  it.runIf(versionInfo.major === 16)('that is off tells of variables what the client wrote itself', async () => {
    const query = 'query U($where: UserWhereInput) { users(where: $where) { id } }';
    expect(await messagesOf({ query, variables: { where: { username: 'ann' } } }, closed)).toEqual([
      'Variable "$where" got invalid value "ann" at "where.username"; Expected an object.',
    ]);
    expect(await messagesOf({ query, variables: { where: 'ann' } }, closed)).toEqual([
      'Variable "$where" got invalid value "ann"; Expected type "UserWhereInput" to be an object.',
    ]);
  });

  it('that is off names no type or field that the client did not write', async () => {
    const query = 'query U($where: UserWhereInput) { users(where: $where) { id } }';
    const told = [
      await messagesOf({ query, variables: { where: { username: 'ann' } } }, closed),
      await messagesOf({ query, variables: { where: { usernam: 'ann' } } }, closed),
      await messagesOf({ query: '{ users(where: { username: { equalsTo: "ann" } }) { id } }' }, closed),
      await messagesOf({ query: 'mutation { logIn(input: { user: "ann" }) { ok } }' }, closed),
    ].flat();
    expect(told.length).toBeGreaterThan(3);
    expect(told.join()).not.toMatch(/StringWhereInput|equalTo|LogInInput|password|Did you mean/);
  });
});

describe('persisted queries', () => {
  const sha256Hash = '3c3ac7fa36d5e8cd4bd7c4ee2a3d9bd2e7d4a4d8b6e1d9e6f8a7b6c5d4e3f2a1';
  const persistedQuery = { version: 1, sha256Hash };

  const hashOf = async (text: string) => {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return Buffer.from(digest).toString('hex');
  };

  it('are not found at first, then known by their hash', async () => {
    const run = createExecutor({ getSchema: () => small, log: silent, options: resolveOptions() });
    const query = '{ remembered: health }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: await hashOf(query) } };
    expect(await run({ extensions }, OPEN)).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'private, no-cache, must-revalidate' },
      body: { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
    });
    expect((await run({ query, extensions }, OPEN)).body.data).toEqual({ remembered: true });
    expect((await run({ extensions }, OPEN)).body.data).toEqual({ remembered: true });
  });

  it('are refused with a wrong hash or version', async () => {
    expect(await messagesOf({ query: '{ health }', extensions: { persistedQuery } })).toEqual([
      'provided sha does not match query',
    ]);
    expect(await messagesOf({ extensions: { persistedQuery: { ...persistedQuery, version: 2 } } })).toEqual([
      'Unsupported persisted query version',
    ]);
  });
});

it('an execution that fails as a whole is an internal error', async () => {
  const run = createExecutor({
    getSchema: () => buildSchema('type Mutation { a: Int }'),
    log: silent,
    options: resolveOptions(),
  });
  expect(await run({ query: '{ a }' }, OPEN)).toMatchObject({
    status: 500,
    body: { errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
  });
});
