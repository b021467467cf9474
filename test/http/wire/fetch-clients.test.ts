import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { createClient, fetchExchange } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import ky from 'ky';
import { describe, expect, it } from 'vitest';
import demo from '../../../fixtures/demo.json' with { type: 'json' };
import { createEmulator } from '../../../src/index.ts';

const url = 'http://localhost:1337/graphql';
const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
const query = `mutation LogIn($username: String!) {
  logIn(input: { username: $username, password: "ASuperStrongPassword" }) { viewer { user { username } } }
}`;
const variables = { username: 'johndoe' };

// no wrapper and no assertion stands between the emulator and the client
describe('emulator.fetch is what a client takes for its fetch:', () => {
  const { fetch } = createEmulator({ seed: demo, bcryptRounds: 4 });
  const answer = { logIn: { viewer: { user: { username: 'johndoe' } } } };

  it('Apollo Client', async () => {
    const link = new HttpLink({ uri: url, headers, fetch });
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    expect((await client.mutate({ mutation: gql(query), variables })).data).toMatchObject(answer);
  });

  it('urql', async () => {
    const options = { url, exchanges: [fetchExchange], fetchOptions: { headers }, preferGetMethod: false, fetch };
    expect((await createClient(options).mutation(query, variables).toPromise()).data).toMatchObject(answer);
  });

  it('graphql-request', async () => {
    expect(await new GraphQLClient(url, { headers, fetch }).request(query, variables)).toEqual(answer);
  });

  it('ky', async () => {
    const client = ky.create({ headers, fetch });
    expect(await client.post(url, { json: { query, variables } }).json()).toEqual({ data: answer });
    const login = ky.get('http://localhost:1337/parse/login?username=johndoe&password=wrong', { headers, fetch });
    await expect(login).rejects.toMatchObject({ response: { status: 404 } });
  });
});
