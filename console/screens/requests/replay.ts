import type { Connection } from '../../../src/client/index.ts';
import { isObject } from '../../../src/parse/record.ts';
import type { ConsoleHost } from '../../app/host.ts';
import { meantHeaders } from './copy-as.ts';
import { pathOf } from './words.ts';

/** What makes a request somebody's: each of these is replaced. */
const CREDENTIALS = new Set([
  'x-parse-session-token',
  'x-parse-master-key',
  'x-parse-maintenance-key',
  'authorization',
]);

/** SDKs for browsers put them into the body. */
const withoutCredentials = (body: string, sessionToken: string | undefined): string => {
  try {
    const sent: unknown = JSON.parse(body);
    if (!isObject(sent) || sent['_ApplicationId'] === undefined) return body;
    const { _SessionToken: _, _MasterKey: __, ...rest } = sent;
    return JSON.stringify({ ...rest, ...(sessionToken !== undefined && { _SessionToken: sessionToken }) });
  } catch {
    return body;
  }
};

/** Asks a request once more, as a user or (undefined) as nobody. Resolves with the status of the answer. */
export const replay = async (
  { fetch }: ConsoleHost,
  connection: Connection,
  id: number,
  username: string | undefined,
): Promise<number> => {
  const [{ method, url, headers, body }, client] = await Promise.all([
    connection.originalRequest(id),
    connection.headersFor(username),
  ]);
  // a name that comes twice, in whatever case, would have both values
  const replaced = new Set([...CREDENTIALS, ...Object.keys(client).map((name) => name.toLowerCase())]);
  const kept = Object.entries(meantHeaders(headers)).filter(([name]) => !replaced.has(name.toLowerCase()));
  const sent = withoutCredentials(body, client['X-Parse-Session-Token']);
  const response = await fetch(pathOf(url), {
    method,
    headers: { ...Object.fromEntries(kept), ...client },
    ...(sent !== '' && { body: sent }),
  });
  await response.text();
  return response.status;
};
