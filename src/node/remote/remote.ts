import { isObject, type JsonObject } from '../../parse/record.ts';
import { UserError } from '../../parse/user-error.ts';
import { exchange } from './exchange.ts';
import { badAnswer } from './failures.ts';

/** Where a Parse Server is, and who asks it. */
export type RemoteOptions = {
  /** The address of REST: `https://api.example.com/parse`; of the server alone, where REST is at `/parse`. */
  readonly url: string;
  readonly appId: string;
  readonly masterKey: string;
};

/** A Parse Server elsewhere, asked with its master key. All reject with one message. */
export interface Remote {
  /** The address of REST, without a slash at its end. */
  readonly url: string;
  readonly appId: string;
  /** Answers a path below the mount path with an object. Rejects for a refusal, too. */
  get(path: string, query?: { readonly [name: string]: string }): Promise<JsonObject>;
  /** The same, for a route that an older server may not have: undefined then. */
  find(path: string): Promise<JsonObject | undefined>;
  /** Writes. */
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: JsonObject): Promise<JsonObject>;
}

const NO_JSON =
  'that is not an answer of a Parse Server. Say the address of its REST API, such as https://api.example.com/parse';

const parseBody = (url: string, text: string, headers: Headers): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    const type = headers.get('content-type')?.split(';')[0] ?? 'nothing';
    throw badAnswer(
      url,
      text === '' ? `the answer is empty: ${NO_JSON}` : `it answers ${type} in place of JSON: ${NO_JSON}`,
    );
  }
};

const refusalOf = (status: number, body: JsonObject): string => {
  const error = String(body['error'] ?? body['message'] ?? 'no reason is given');
  if (/master key/i.test(error) || (status === 403 && body['code'] === 119)) {
    return `it refuses the master key (${error}). It is another, or does not count from here (masterKeyIps)`;
  }
  if (status === 403 || status === 401)
    return `it refuses (${error}). Is the application id right, and does the server take its keys from here?`;
  return `it refuses with ${status}: ${error}`;
};

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

const checkUrl = (url: string): void => {
  const isAddress = URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
  if (!isAddress)
    throw new UserError(`Failed to ask ${url}: it is not an address, such as https://api.example.com/parse`);
  if (new URL(url).username !== '')
    throw new UserError('Failed to ask: an address holds no user names and passwords here');
};

/** Asks at the address itself, and at `/parse` below it when that is not a Parse Server's. */
const findRest = async (url: string, headers: { readonly [name: string]: string }): Promise<string> => {
  const base = withoutSlash(url);
  const isAlive = async (at: string): Promise<boolean> => {
    const { status, text } = await exchange({ method: 'GET', url: `${at}/health`, headers });
    return status < 500 && /^\s*\{\s*"status"/.test(text);
  };
  if (await isAlive(base)) return base;
  return (await isAlive(`${base}/parse`).catch(() => false)) ? `${base}/parse` : base;
};

/** Finds a Parse Server. Rejects with one message when there is none. */
export const connectRemote = async ({ url: given, appId, masterKey }: RemoteOptions): Promise<Remote> => {
  checkUrl(given);
  const headers = { 'X-Parse-Application-Id': appId, 'X-Parse-Master-Key': masterKey };
  const url = await findRest(given, { 'X-Parse-Application-Id': appId });
  const ask = async (
    method: string,
    path: string,
    body?: JsonObject,
  ): Promise<{ status: number; body: JsonObject }> => {
    const answer = await exchange({
      method,
      url: `${url}${path}`,
      headers: body ? { ...headers, 'Content-Type': 'application/json' } : headers,
      body: body && JSON.stringify(body),
    });
    const place = `${url}${path.split('?')[0]}`;
    if (answer.status === 404 && !answer.text.startsWith('{')) return { status: 404, body: {} };
    const parsed = parseBody(place, answer.text, answer.headers);
    if (!isObject(parsed)) throw badAnswer(place, NO_JSON);
    return { status: answer.status, body: parsed };
  };
  const good = async (method: string, path: string, body?: JsonObject): Promise<JsonObject> => {
    const answer = await ask(method, path, body);
    const place = `${url}${path.split('?')[0]}`;
    if (answer.status === 404 && Object.keys(answer.body).length === 0)
      throw badAnswer(place, `it answers 404: ${NO_JSON}`);
    if (answer.status >= 400) throw badAnswer(place, refusalOf(answer.status, answer.body));
    return answer.body;
  };
  return {
    url,
    appId,
    get: (path, query) => good('GET', query ? `${path}?${new URLSearchParams(query)}` : path),
    find: async (path) => {
      const { status, body } = await ask('GET', path);
      return status < 400 ? body : undefined;
    },
    send: good,
  };
};
