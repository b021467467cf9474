import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { createClient, fetchExchange } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import demo from '../../fixtures/demo.json' with { type: 'json' };
import { createEmulator } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';

const emulator = createEmulator({ bcryptRounds: 4 });
const server = setupServer(...createHandlers(emulator));
const uri = 'http://localhost:1337/graphql';

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  await emulator.seed(demo);
});
afterEach(() => emulator.reset());
afterAll(() => server.close());

const SIGN_UP = `mutation SignUp($fields: CreateUserFieldsInput) {
  signUp(input: { fields: $fields }) { viewer { sessionToken user { username email } } }
}`;
const LOG_IN = `mutation LogIn($username: String!, $password: String!) {
  logIn(input: { username: $username, password: $password }) { viewer { sessionToken user { username displayName } } }
}`;
const VIEWER = 'query Viewer { viewer { user { username } } }';
const LOG_OUT = 'mutation LogOut { logOut(input: {}) { ok } }';

const fields = { username: 'zoe', password: 'a secret', email: 'zoe@example.com' };
const john = { username: 'johndoe', password: 'ASuperStrongPassword' };

type Send = (query: string, variables?: object, sessionToken?: string) => Promise<{ data?: unknown; code?: unknown }>;

const headersOf = (sessionToken?: string): Record<string, string> => ({
  'X-Parse-Application-Id': 'APPLICATION_ID',
  ...(sessionToken && { 'X-Parse-Session-Token': sessionToken }),
});

const apollo: Send = async (query, variables, sessionToken) => {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri, headers: headersOf(sessionToken) }),
  });
  const document = gql(query);
  const run = query.startsWith('mutation')
    ? client.mutate({ mutation: document, variables: { ...variables }, errorPolicy: 'all' })
    : client.query({ query: document, variables: { ...variables }, errorPolicy: 'all' });
  const { data, error } = (await run) as {
    data?: unknown;
    error?: { errors?: { extensions?: { code?: unknown } }[]; statusCode?: number };
  };
  return { data, code: error?.errors?.[0]?.extensions?.code ?? error?.statusCode };
};

const urql: Send = async (query, variables, sessionToken) => {
  const client = createClient({
    url: uri,
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetchOptions: { headers: headersOf(sessionToken) },
  });
  const { data, error } = query.startsWith('mutation')
    ? await client.mutation(query, variables ?? {}).toPromise()
    : await client.query(query, variables ?? {}).toPromise();
  return { data, code: error?.graphQLErrors[0]?.extensions['code'] ?? error?.response?.status };
};

const graphqlRequest: Send = async (query, variables, sessionToken) => {
  const client = new GraphQLClient(uri, { headers: headersOf(sessionToken), errorPolicy: 'all' });
  try {
    const { data, errors } = await client.rawRequest(query, variables);
    return { data, code: errors?.[0]?.extensions['code'] };
  } catch (error) {
    return { code: Reflect.get(Object(Reflect.get(Object(error), 'response')), 'status') };
  }
};

const tokenIn = (data: unknown, mutation: string): string => {
  const payload = Object(data)[mutation] as { viewer: { sessionToken: string } };
  return payload.viewer.sessionToken;
};

describe.each([
  ['Apollo Client', apollo],
  ['urql', urql],
  ['graphql-request', graphqlRequest],
])('%s', (_, send) => {
  it('signs up, asks who it is, logs out, and is nobody then', async () => {
    const signedUp = await send(SIGN_UP, { fields });
    expect(signedUp.data).toMatchObject({
      signUp: { viewer: { user: { username: 'zoe', email: 'zoe@example.com' } } },
    });
    const token = tokenIn(signedUp.data, 'signUp');
    expect((await send(VIEWER, {}, token)).data).toMatchObject({ viewer: { user: { username: 'zoe' } } });
    expect((await send(LOG_OUT, {}, token)).data).toMatchObject({ logOut: { ok: true } });
    expect((await send(VIEWER, {}, token)).code).toBe(400);
  });

  it('logs a seeded user in with its own fields', async () => {
    const { data } = await send(LOG_IN, john);
    expect(data).toMatchObject({ logIn: { viewer: { user: { username: 'johndoe', displayName: 'John Doe' } } } });
  });

  it("sees Parse's codes", async () => {
    expect((await send(LOG_IN, { ...john, password: 'wrong' })).code).toBe(101);
    expect((await send(SIGN_UP, { fields: { ...fields, username: 'JohnDoe' } })).code).toBe(202);
    expect((await send(VIEWER)).code).toBe(209);
  });
});
