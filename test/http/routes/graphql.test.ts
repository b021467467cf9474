import { versionInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Store } from '../../../src/store/store.ts';
import { APP_ID, createFakeApp, JSON_HEADERS, jsonOf, post } from '../../support/fake-app.ts';

const { handle } = createFakeApp();

const NO_QUERY = 'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.';
const NO_BODY = 'POST body missing, invalid Content-Type, or JSON object has no keys.';

/** What is sent, the status, the code, the message. */
const REFUSED_BODIES: readonly (readonly [unknown, number, unknown, string])[] = [
  [{}, 400, 'BAD_REQUEST', NO_BODY],
  ['', 400, 'BAD_REQUEST', NO_BODY],
  [[], 400, 'BAD_REQUEST', 'Operation batching disabled.'],
  [[{ query: '{ health }' }], 400, 'BAD_REQUEST', 'Operation batching disabled.'],
  [{ query: '' }, 400, 'BAD_REQUEST', NO_QUERY],
  [{ query: null }, 400, 'BAD_REQUEST', NO_QUERY],
  [{ query: 5 }, 400, 'BAD_REQUEST', 'GraphQL queries must be strings.'],
  [
    { query: '{ health }', variables: '{}' },
    400,
    'BAD_REQUEST',
    '`variables` in a POST body should be provided as an object, not a recursively JSON-encoded string.',
  ],
  [
    { query: '{ health }', variables: [] },
    400,
    'BAD_REQUEST',
    '`variables` in a POST body must be an object if provided.',
  ],
  [
    { query: '{ health }', extensions: 1 },
    400,
    'BAD_REQUEST',
    '`extensions` in a POST body must be an object if provided.',
  ],
  [
    { query: '{ health }', operationName: 1 },
    400,
    'BAD_REQUEST',
    '`operationName` in a POST body must be a string if provided.',
  ],
  [{ query: '{ health }', operationName: '' }, 400, 'OPERATION_RESOLUTION_FAILURE', 'Unknown operation named "".'],
  [
    { query: 'query A { health } query B { health }' },
    400,
    'OPERATION_RESOLUTION_FAILURE',
    'Must provide operation name if query contains multiple operations.',
  ],
  [{ query: '{ health' }, 400, 'GRAPHQL_PARSE_FAILED', 'Syntax Error: Expected Name, found <EOF>.'],
  [
    { query: '{ helth }' },
    400,
    'GRAPHQL_VALIDATION_FAILED',
    'Cannot query field "helth" on type "Query". Did you mean "health"?',
  ],
  [{ query: '{ refused }' }, 200, 101, 'Object not found.'],
  [{ query: '{ crashed }' }, 200, 1, 'Internal server error'],
  [{ query: 'mutation { a: resetPassword }' }, 200, 'INTERNAL_SERVER_ERROR', 'Object not found.'],
  [
    { query: '{ user(id: 1) { broken } }' },
    200,
    'INTERNAL_SERVER_ERROR',
    'Cannot return null for non-nullable field User.broken.',
  ],
];

describe('a GraphQL body that is refused', () => {
  it.each(REFUSED_BODIES)('%j: %i %s %s', async (body, status, code, message) => {
    const answer = await handle(post(body));
    expect(answer.status).toBe(status);
    expect(jsonOf(answer)['errors']).toMatchObject([{ message, extensions: { code } }]);
    expect('data' in jsonOf(answer)).toBe(status === 200);
  });

  it.runIf(versionInfo.major === 16).each([
    [
      'query U($id: ID!) { user(id: $id) { id } }',
      400,
      'BAD_USER_INPUT',
      'Variable "$id" of required type "ID!" was not provided.',
    ],
    ['subscription { a }', 200, 'INTERNAL_SERVER_ERROR', 'Schema is not configured to execute subscription operation.'],
  ])('in the words of graphql 16, %s: %i %s %s', async (query, status, code, message) => {
    const answer = await handle(post({ query }));
    expect(answer.status).toBe(status);
    expect(jsonOf(answer)['errors']).toMatchObject([{ message, extensions: { code } }]);
  });

  it.each(['null', '"{ health }"', '{ not JSON', '[', '5'])('%s: a page with 400', async (body) => {
    const answer = await handle(post(body));
    expect(answer).toMatchObject({ status: 400, headers: { 'content-type': 'text/html; charset=utf-8' } });
  });

  it('of more than 100 kB: a page with 413, counted in bytes', async () => {
    const fill = (length: number) => JSON.stringify({ query: `{ health } #${'é'.repeat(length)}` });
    expect((await handle(post(fill(51_000)))).status).toBe(200);
    expect((await handle(post(fill(51_200)))).status).toBe(413);
  });

  it('in a charset or an encoding that cannot be read: 415', async () => {
    const body = { query: '{ health }' };
    expect((await handle(post(body, { 'content-type': 'application/json; charset=latin1' }))).status).toBe(415);
    expect((await handle(post(body, { 'content-encoding': 'gzip' }))).status).toBe(415);
  });
});

describe('the answer', () => {
  it('names errors before data', async () => {
    const { body } = await handle(post({ query: '{ health refused }' }));
    expect(body).toBe(
      '{"errors":[{"message":"Object not found.","locations":[{"line":1,"column":10}],"path":["refused"],' +
        '"extensions":{"code":101}}],"data":{"health":true,"refused":null}}\n',
    );
  });

  it('shows nothing of a crash but logs it', async () => {
    const { handle: crash, logged } = createFakeApp();
    const { body } = await crash(post({ query: '{ crashed }' }));
    expect(body).not.toContain('secret');
    expect(logged).toMatchObject([['error', 'Failed to resolve crashed', { message: 'a secret of the inside' }]]);
  });

  it('is an internal error when what was written cannot be kept', async () => {
    const settled = () => Promise.reject(new Error('disk full'));
    const forOne = (): Store => Object.assign(new Store(undefined), { settled, forOne });
    const { handle: fail, logged } = createFakeApp({}, { store: forOne() });
    const answer = await fail(post({ query: '{ health }' }));
    expect(answer.status).toBe(500);
    expect(jsonOf(answer)).toEqual({
      errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(logged).toHaveLength(1);
    const rest = await fail({ method: 'GET', url: '/parse/users', headers: APP_ID, body: '' });
    expect(rest.status).toBe(500);
    expect(jsonOf(rest)).toEqual({ code: 1, message: 'Internal server error.' });
  });

  it.each([
    [undefined, 200, 'application/json; charset=utf-8'],
    ['*/*', 200, 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 200, 'application/graphql-response+json; charset=utf-8'],
    [
      'application/graphql-response+json, application/json;q=0.9',
      200,
      'application/graphql-response+json; charset=utf-8',
    ],
    ['application/graphql-response+json;q=0.1, application/json', 200, 'application/json; charset=utf-8'],
    ['text/html, application/*;q=0.5', 200, 'application/json; charset=utf-8'],
    ['image/png', 406, 'application/json; charset=utf-8'],
    ['application/json;q=0', 406, 'application/json; charset=utf-8'],
  ])('to accept: %s is %i as %s', async (accept, status, type) => {
    const answer = await handle(post({ query: '{ health }' }, accept === undefined ? {} : { accept }));
    expect([answer.status, answer.headers['content-type']]).toEqual([status, type]);
  });
});

describe('GET', () => {
  const get = (search: string, headers = {}) =>
    handle({ method: 'GET', url: `/graphql${search}`, headers: { ...APP_ID, ...headers }, body: '' });

  it.each([
    ['?query={health}', 200, undefined],
    ['?query=query+One{health}+query+Two{health}&operationName=Two', 200, undefined],
    ['', 400, NO_QUERY],
    ['?query={health}&query={health}', 400, "The 'query' search parameter may only be specified once."],
    ['?query={health}&variables=rubbish', 400, 'The variables search parameter contains invalid JSON.'],
    ['?query={health}&variables=[]', 400, 'The variables search parameter should contain a JSON-encoded object.'],
    ['?query=mutation{refused}', 405, 'GET requests only support query operations, not mutation operations'],
  ])('%s: %i', async (search, status, message) => {
    const answer = await get(search);
    expect(answer.status).toBe(status);
    if (message) expect(jsonOf(answer)).toMatchObject({ errors: [{ message }] });
    if (status === 405) expect(answer.headers['allow']).toBe('POST');
  });

  it('takes no content type but JSON', async () => {
    expect((await get('?query={health}', { 'content-type': 'application/json' })).status).toBe(200);
    expect((await get('?query={health}', { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('other methods', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'HEAD'])('%s is refused with 405', async (method) => {
    const answer = await handle({ method, url: '/graphql', headers: JSON_HEADERS, body: '' });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } });
    expect(answer.body === '').toBe(method === 'HEAD');
  });
});

describe('cross-site request forgery', () => {
  const basic = { 'x-parse-application-id': undefined, authorization: `Basic ${btoa('APPLICATION_ID:')}` };

  it.each([
    ['text/plain', 400],
    ['application/x-www-form-urlencoded', 400],
    ['multipart/form-data; boundary=x', 500],
    ['application/json', 200],
  ])('a POST without the application id header as %s: %i', async (type, status) => {
    const answer = await handle(post({ query: '{ health }' }, { ...basic, 'content-type': type }));
    expect(answer.status).toBe(status);
  });

  it('the header that a browser asks for makes it safe', async () => {
    const url = '/graphql?query={health}';
    const forged = await handle({ method: 'GET', url, headers: basic, body: '' });
    expect(jsonOf(forged)).toMatchObject({
      errors: [{ message: expect.stringContaining('CSRF'), extensions: { code: 'BAD_REQUEST' } }],
    });
    expect((await handle({ method: 'GET', url, headers: APP_ID, body: '' })).status).toBe(200);
  });
});

describe('paths', () => {
  it.each([
    ['/graphql/', 200],
    ['/graphql/anything', 200],
    ['/GraphQL', 200],
    ['http://localhost:1337/graphql?x=1#y', 200],
    ['/graphqlx', 404],
    ['/', 404],
    ['//graphql', 404],
  ])('%s: %i', async (url, status) => {
    expect((await handle({ ...post({ query: '{ health }' }), url })).status).toBe(status);
  });
});
