import type { StorageState } from '../../emulator/clients.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Application } from './application.ts';

/** Where a page keeps a session. */
export type SessionPlace = { readonly baseURL: string | undefined; readonly sessionKey: string | undefined };

/** The storage of a browser in which a user of the application is logged in. Rejects for an unknown name. */
export const storageOf = async (
  username: string,
  { baseURL, sessionKey }: SessionPlace,
  { connection, appId, ownId }: Application,
): Promise<StorageState> => {
  if (baseURL === undefined) {
    throw new UserError(
      `Failed to log ${username} in: a browser keeps a session for the origin of a page. Say it as "baseURL" in the configuration`,
    );
  }
  const place = { origin: baseURL, ...(sessionKey !== undefined && { key: sessionKey }) };
  const { cookies, origins } = await connection.storageStateFor(username, place);
  const toPage = (name: string): string =>
    name === `Parse/${appId}/currentUser` ? `Parse/${ownId}/currentUser` : name;
  return {
    cookies,
    origins: origins.map(({ origin, localStorage }) => {
      const forPage = localStorage.map(({ name, value }) => ({ name: toPage(name), value }));
      const others = localStorage.filter(({ name }) => toPage(name) !== name); // a page that was told the worker's id
      return { origin, localStorage: [...forPage, ...others] };
    }),
  };
};
