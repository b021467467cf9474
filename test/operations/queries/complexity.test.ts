import { expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const LIMITS: EmulatorOptions['requestComplexity'] = {
  graphQLDepth: 4,
  graphQLFields: 5,
  queryDepth: 2,
  subqueryDepth: 2,
  includeDepth: 2,
  includeCount: 2,
  batchRequestLimit: 2,
  allowRegex: false,
};

const APP = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };
const MASTER = { ...APP, 'X-Parse-Master-Key': 'MASTER_KEY' };

const create = (requestComplexity: EmulatorOptions['requestComplexity']) => {
  const emulator = createEmulator({ bcryptRounds: 4, requestComplexity });
  return async (method: string, path: string, body?: unknown, headers = APP): Promise<[number, string]> => {
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await emulator.fetch(new Request(`http://localhost:1337${path}`, init));
    const { error, errors } = Object(await answer.json());
    return [answer.status, error ?? errors?.[0].message ?? ''];
  };
};

const where = (constraints: object): string => `/parse/users?where=${encodeURIComponent(JSON.stringify(constraints))}`;
const nested = (depth: number): object => (depth === 0 ? { username: 'a' } : { $or: [nested(depth - 1)] });
const within = (depth: number): object =>
  depth === 0
    ? { username: 'a' }
    : { objectId: { $select: { query: { className: '_User', where: within(depth - 1) }, key: 'objectId' } } };
const calls = (number: number): object => ({ requests: Array(number).fill({ method: 'GET', path: '/parse/users' }) });
const deep = '{ users { edges { node { ACL { users { userId } } } } } }';
const fragments = (number: number): string =>
  `{ ...F0 } ${Array.from({ length: number }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F${number} on Query { health }`;

// The words and codes are those of a Parse Server 9.10 with the same limits.
it.each<[string, string, unknown, number, string]>([
  ['POST', '/graphql', { query: deep }, 400, 'GraphQL query depth of 5 exceeds maximum allowed depth of 4'],
  ['POST', '/graphql', { query: '{ a: health b: health c: health d: health e: health }' }, 200, ''],
  [
    'POST',
    '/graphql',
    { query: '{ a: health b: health c: health d: health e: health f: health }' },
    400,
    'Number of GraphQL fields (6) exceeds maximum allowed (5)',
  ],
  ['GET', where(nested(2)), undefined, 200, ''],
  ['GET', where(nested(3)), undefined, 400, 'Query condition nesting depth exceeds maximum allowed depth of 2'],
  ['GET', where(within(2)), undefined, 200, ''],
  ['GET', where(within(3)), undefined, 400, 'Subquery nesting depth exceeds maximum allowed depth of 2'],
  ['GET', '/parse/users?include=a.b.c', undefined, 400, 'Include depth of 3 exceeds maximum allowed depth of 2'],
  ['GET', '/parse/users?include=a,b,c', undefined, 400, 'Number of include fields (3) exceeds maximum allowed (2)'],
  ['GET', where({ $or: [{ username: { $regex: 'a' } }] }), undefined, 400, '$regex operator is not allowed'],
  ['POST', '/parse/batch', calls(2), 200, ''],
  ['POST', '/parse/batch', calls(3), 400, 'Batch request contains 3 sub-requests, which exceeds the limit of 2.'],
])('%s %s with limits: %j', async (method, path, body, status, message) => {
  const ask = create(LIMITS);
  expect(await ask(method, path, body)).toEqual([status, message]);
  expect((await ask(method, path, body, MASTER))[0]).toBe(200);
});

it('has generous limits of its own, which may be put away', async () => {
  const [ask, free] = [create(undefined), create({ queryDepth: -1, graphQLFields: -1 })];
  expect(await ask('GET', where(nested(50)))).toEqual([200, '']);
  expect(await ask('GET', where(nested(51)))).toEqual([400, expect.stringContaining('depth of 50')]);
  expect(await free('GET', where(nested(51)))).toEqual([200, '']);
});

it('counts fields that few fragments multiply, without running through them', async () => {
  const [status, message] = await create(undefined)('POST', '/graphql', { query: fragments(40) });
  expect([status, message]).toEqual([400, `Number of GraphQL fields (${2 ** 40}) exceeds maximum allowed (20000)`]);
});

it.each([[{ graphQLDepth: 0 }], [{ queryDepth: 1.5 }], [{ allowRegex: 1 }], [{ nothing: 1 }]])('is not %j', (given) => {
  expect(() => createEmulator({ requestComplexity: given as EmulatorOptions['requestComplexity'] })).toThrow(
    'requestComplexity',
  );
});
