import { clientHeaders } from '../http/credentials/client-keys.ts';
import type { Options } from '../options/table.ts';
import { UserError } from '../parse/user-error.ts';
import type { Users } from './users.ts';

/** The storage of a browser, as Playwright's `newContext({ storageState })` takes it. */
export type StorageState = {
  /** None: Parse keeps sessions elsewhere. */
  readonly cookies: never[];
  /** The one origin that was asked for. */
  readonly origins: {
    /** As it was given: `http://localhost:5173`. */
    readonly origin: string;
    /** Its entries. */
    readonly localStorage: {
      /** The key: `Parse/APPLICATION_ID/currentUser`, and the one that was asked for. */
      readonly name: string;
      /** The user as JSON, for the SDK, or the plain session token. */
      readonly value: string;
    }[];
  }[];
};

/** Where an application runs, and where it keeps a session if not where Parse's SDK does. */
export type StoragePlace = {
  /** The origin of the application: `http://localhost:5173`. */
  readonly origin: string;
  /** The key in `localStorage` under which the application keeps the session token. */
  readonly key?: string;
};

/** Ways to be logged in at once. */
export interface Clients {
  /**
   * The headers of a client, by name: application id, one client key if any is set and, with a `username`, the token of a session
   * that it opens. Rejects for an unknown name.
   */
  headersFor(username?: string): Promise<{ [name: string]: string }>;
  /**
   * The storage of a browser in which a user is logged in: by Parse's SDK, and under `key` for other applications. Rejects for an
   * unknown name.
   */
  storageStateFor(username: string, place: StoragePlace): Promise<StorageState>;
}

/** The origin of an address, as Playwright compares it: without a slash at its end. */
const toOrigin = (address: string): string => {
  try {
    const { origin } = new URL(address);
    if (origin !== 'null') return origin;
  } catch {}
  throw new UserError(
    `Failed to make a storage state: "${address}" is not an origin. Say where the application runs, such as http://localhost:5173`,
  );
};

/** Clients of the emulator, ready-made. */
export const createClients = (options: Options, users: Users): Clients => ({
  async headersFor(username) {
    if (username === undefined) return { ...clientHeaders(options) };
    return { ...clientHeaders(options), 'X-Parse-Session-Token': await users.logIn(username) };
  },
  async storageStateFor(username, { origin: address, key }) {
    const origin = toOrigin(address);
    const sessionToken = await users.logIn(username);
    const user = { ...(await users.find(username)), sessionToken, className: '_User' };
    const localStorage = [
      { name: `Parse/${options.appId}/currentUser`, value: JSON.stringify(user) },
      ...(key === undefined ? [] : [{ name: key, value: sessionToken }]),
    ];
    return { cookies: [], origins: [{ origin, localStorage }] };
  },
});
