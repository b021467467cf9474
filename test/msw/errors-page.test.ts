import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache, ServerError } from '@apollo/client';
import { type CombinedError, createClient, fetchExchange } from '@urql/core';
import { expect, it } from 'vitest';
import { createEmulator } from '../../src/index.ts';

// as docs/errors.md has them
const codeOf = (error: unknown): number | undefined => {
  if (CombinedGraphQLErrors.is(error)) {
    const code = error.errors[0]?.extensions?.['code'];
    return typeof code === 'number' ? code : undefined;
  }
  if (!ServerError.is(error)) return undefined;
  try {
    return JSON.parse(error.bodyText).code;
  } catch {
    return undefined;
  }
};

const isDeadSession = (error: CombinedError): boolean =>
  error.graphQLErrors[0]?.extensions['code'] === 209 ||
  (error.networkError !== undefined && error.response?.status === 400);

const url = 'http://localhost:1337/graphql';
const headers = {
  'X-Parse-Application-Id': 'APPLICATION_ID',
  'X-Parse-Session-Token': 'r:0123456789abcdef0123456789abcdef',
};
const { fetch } = createEmulator();
const VIEWER = '{ viewer { user { username } } }';

it("docs/errors.md finds Parse's code with Apollo Client", async () => {
  const askAs = async (own: { [name: string]: string }): Promise<unknown> => {
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: new HttpLink({ uri: url, headers: own, fetch }),
    });
    return (await client.query({ query: gql(VIEWER), errorPolicy: 'all' })).error;
  };
  expect(codeOf(await askAs(headers))).toBe(209);
  expect(codeOf(await askAs({ 'X-Parse-Application-Id': 'APPLICATION_ID' }))).toBe(209);
  expect(codeOf(await askAs({}))).toBeUndefined();
});

it('docs/errors.md finds a dead session with urql', async () => {
  const options = { url, exchanges: [fetchExchange], preferGetMethod: false as const, fetch };
  const errorOf = async (query: string) =>
    (
      await createClient({ ...options, fetchOptions: { headers } })
        .query(query, {})
        .toPromise()
    ).error as CombinedError;
  expect(isDeadSession(await errorOf(VIEWER))).toBe(true);
});
