import type { CloudHost } from '../../emulator/cloud-code.ts';
import { toJsonObject } from '../../parse/json.ts';
import { isObject } from '../../parse/record.ts';
import type { ParseSdk } from './parse-sdk.ts';

type RequestOptions = {
  readonly useMasterKey?: boolean;
  readonly sessionToken?: string;
  readonly installationId?: string;
  readonly context?: unknown;
  readonly returnStatus?: boolean;
};

type Answer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
};

const INVALID_VALUE = 162;

/** The path below the mount path, as REST has it. */
const toPath = (path: string, serverURL: string): string => {
  const { pathname } = new URL(serverURL);
  const below = path.startsWith(pathname) ? path.slice(pathname.length) : path;
  return below.startsWith('/') ? below : `/${below}`;
};

const cloneContext = (context: unknown, parse: ParseSdk): { [name: string]: unknown } => {
  try {
    return structuredClone({ ...Object(context) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new parse.Error(INVALID_VALUE, `Context contains non-cloneable values: ${reason}`);
  }
};

const parseBody = (body: string | Uint8Array): unknown => {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return text === '' ? {} : JSON.parse(text);
};

/** Files go the way of the wire, where they take another form than all else. */
const askForFile = async (
  method: string,
  path: string,
  data: object,
  { useMasterKey, sessionToken }: RequestOptions,
  { options, handle }: CloudHost,
): Promise<Answer> => {
  const credentials = {
    _ApplicationId: options.appId,
    ...(useMasterKey && { _MasterKey: options.masterKey }),
    ...(sessionToken && { _SessionToken: sessionToken }),
  };
  const { status, headers, body } = await handle({
    method: 'POST',
    url: `/parse${path}`,
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ ...data, ...credentials, ...(method !== 'POST' && { _method: method }) }),
  });
  return { status, headers, body: parseBody(body) };
};

/** The SDK looks headers up as Parse Server writes them: `X-Parse-Job-Status-Id`. */
const capitalised = (headers: Answer['headers']): Answer['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), value]),
  );

const toResponse = ({ status, headers, body }: Answer, { returnStatus }: RequestOptions, parse: ParseSdk): unknown => {
  if (status >= 400) {
    const { code = -1, error, message } = isObject(body) ? body : {};
    throw new parse.Error(Number(code), error ?? message ?? 'Not found');
  }
  return returnStatus ? { ...(isObject(body) && body), _status: status, _headers: capitalised(headers) } : body;
};

/** What the SDK asks in place of a server: the emulator, in this process. With `useMasterKey` as master, else as nobody or a session. */
export const createRestController = (parse: ParseSdk, host: CloudHost): object => {
  const { serverURL } = host.options;
  const request = async (
    method: string,
    path: string,
    data: object = {},
    options: RequestOptions = {},
  ): Promise<unknown> => {
    const context = cloneContext(options.context, parse);
    const below = toPath(path, serverURL);
    if (below.startsWith('/files/')) {
      return toResponse(await askForFile(method, below, data ?? {}, options, host), options, parse);
    }
    const { useMasterKey = false, sessionToken, installationId } = options;
    const call = { method, path: below, body: toJsonObject(data ?? {}), useMasterKey, context };
    const answer = await host.ask({
      ...call,
      ...(typeof sessionToken === 'string' && { sessionToken }),
      ...(installationId && { installationId }),
    });
    return toResponse(answer, options, parse);
  };
  const ajax = async (method: string, address: string, data?: string, headers: { [name: string]: string } = {}) => {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const answer = await host.handle({ method, url: address, headers: lower, body: data ?? '' });
    const response = parseBody(answer.body);
    if (answer.status >= 400) throw response;
    return { status: answer.status, response, headers: answer.headers };
  };
  const handleError = (error: unknown): never => {
    throw error;
  };
  return { request, ajax, handleError };
};
