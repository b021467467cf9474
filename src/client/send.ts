import { ParseError } from '../parse/error.ts';
import { UserError } from '../parse/user-error.ts';

/** How a connection reaches its emulator. */
export type Way = {
  readonly url: string;
  readonly appId: string | undefined;
  readonly masterKey: string | undefined;
  readonly fetch: (input: string, init?: RequestInit) => Promise<Response>;
};

/** What goes with a request to a control route. */
export type Sent = {
  readonly body?: unknown;
  /** Parameters of the address; those that are undefined are left out. */
  readonly query?: { readonly [name: string]: string | undefined };
  readonly signal?: AbortSignal;
};

const toAddress = ({ url }: Way, path: string, query: Sent['query'] = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const search = new URLSearchParams(given).toString();
  return `${url}/emulator${path}${search === '' ? '' : `?${search}`}`;
};

const headersOf = ({ appId, masterKey }: Way, hasBody: boolean): { [name: string]: string } => ({
  ...(appId !== undefined && { 'X-Parse-Application-Id': appId }),
  ...(masterKey !== undefined && { 'X-Parse-Master-Key': masterKey }),
  ...(hasBody && { 'Content-Type': 'application/json' }),
});

/** Asks a control route, whatever it answers. Rejects when there is nobody at the address. */
export const ask = async (way: Way, method: string, path: string, sent: Sent = {}): Promise<Response> => {
  const { body, query, signal } = sent;
  const address = toAddress(way, path, query);
  try {
    return await way.fetch(address, {
      method,
      headers: headersOf(way, body !== undefined),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new UserError(`Failed to reach the emulator at ${way.url}: is it running there?`, { cause });
  }
};

const readJson = async (response: Response, url: string): Promise<unknown> => {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `Failed to reach the emulator at ${url}: what answers there (${response.status}) is none`;
    throw new UserError(message, { cause });
  }
};

/** The error that an answer tells of: Parse's own where it has Parse's code. */
export const toError = (status: number, answer: unknown): Error => {
  const { error, code } = typeof answer === 'object' && answer !== null ? (answer as { [name: string]: unknown }) : {};
  const message = typeof error === 'string' ? error : `Failed to control the emulator: it answered ${status}`;
  return typeof code === 'number' ? new ParseError(code, message) : new UserError(message);
};

/** Asks a control route and returns its JSON. Rejects with the message of a mistake, as a `ParseError` where Parse has refused something. */
export const send = async <Answer>(way: Way, method: string, path: string, sent: Sent = {}): Promise<Answer> => {
  const response = await ask(way, method, path, sent);
  const answer = await readJson(response, way.url);
  if (!response.ok) throw toError(response.status, answer);
  return answer as Answer; // the control routes say what they answer
};
