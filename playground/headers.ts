import type { PlaygroundConfig } from '../src/http/routes/playground.ts';

/** Headers by name, as the headers editor holds them. */
export type HeadersByName = PlaygroundConfig['headers'];

const MASTER_KEY = 'X-Parse-Master-Key';
const SESSION_TOKEN = 'X-Parse-Session-Token';

/** Whether these headers may do everything. */
export const hasMasterKey = (headers: HeadersByName): boolean => MASTER_KEY in headers;

/** The same headers for the user of a session: the master key would win over its token. */
export const toUserHeaders = ({ [MASTER_KEY]: _, ...headers }: HeadersByName, sessionToken: string): HeadersByName => ({
  ...headers,
  [SESSION_TOKEN]: sessionToken,
});

/** The session token among headers that a person has typed, in any letter case. */
export const sessionTokenOf = (headers: HeadersByName): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === SESSION_TOKEN.toLowerCase())?.[1];

/** The text for the headers editor. */
export const toEditorText = (headers: HeadersByName): string => JSON.stringify(headers, null, 2);
