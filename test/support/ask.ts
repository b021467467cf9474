import type { Emulator } from '../../src/index.ts';

export const ADDRESS = 'http://localhost:1337';

/** The headers of a client without a session. */
export const HEADERS = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };

type Asked = { readonly variables?: object; readonly headers?: { readonly [name: string]: string } };

/** Makes a GraphQL request. */
export const toRequest = (query: string, { variables, headers }: Asked = {}): Request =>
  new Request(`${ADDRESS}/graphql`, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify({ query, variables }),
  });

/** Asks an emulator, by its `fetch` or by that of MSW; answers the body. */
export const ask = async (
  emulator: Pick<Emulator, 'fetch'> | { readonly fetch: typeof fetch },
  query: string,
  asked: Asked = {},
): Promise<unknown> => (await emulator.fetch(toRequest(query, asked))).json();

/** A document that signs up. */
export const signUp = (username: string): string =>
  `mutation { signUp(input: { fields: { username: "${username}", password: "secret" } }) { viewer { sessionToken user { objectId createdAt username } } } }`;

/** The names of all users. */
export const usernames = (emulator: Emulator): unknown[] =>
  (emulator.snapshot()['_User'] ?? []).map(({ username }) => username);
