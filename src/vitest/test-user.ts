import type { Emulator } from '../emulator.ts';
import type { JsonObject } from '../parse/record.ts';

/** What GraphQL answers. */
export type GraphQLResult<Data> = {
  /** The fields that were asked for; `null` when a field that must be there failed. */
  readonly data?: Data | null;
  /** What went wrong, as Parse Server words it. */
  readonly errors?: readonly {
    /** Parse's message. */
    readonly message: string;
    /** The field that failed: `['logIn']`. */
    readonly path?: readonly (string | number)[];
    /** Parse's error code stands in `code`. */
    readonly extensions?: JsonObject;
  }[];
};

/** A client in which a user is logged in. */
export type TestUser = {
  /** The token of the session, `r:` and 32 hexadecimal digits. */
  readonly sessionToken: string;
  /** The headers of its requests: application id, one client key if any is set, session token. */
  readonly headers: { readonly [name: string]: string };
  /** Asks GraphQL as this user. Rejects when the answer is not JSON, as under a fault. */
  graphql<Data = JsonObject>(query: string, variables?: JsonObject): Promise<GraphQLResult<Data>>;
  /** Asks anything else as this user, by the path: `/parse/users/me`. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
};

/** Opens a session for a user without a password. Rejects for an unknown name. */
export const logInTestUser = async (emulator: Emulator, username: string): Promise<TestUser> => {
  const headers = await emulator.headersFor(username);
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => {
    const all = new Headers(headers);
    for (const [name, value] of new Headers(init.headers)) all.set(name, value);
    return emulator.fetch(new Request(new URL(path, emulator.options.serverURL), { ...init, headers: all }));
  };
  return {
    sessionToken: String(headers['X-Parse-Session-Token']),
    headers,
    async graphql(query, variables = {}) {
      const response = await ask(emulator.options.graphQLPath, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    },
    fetch: ask,
  };
};
