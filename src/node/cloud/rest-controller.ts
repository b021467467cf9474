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

type Request = (method: string, path: string, data?: object, options?: RequestOptions) => Promise<unknown>;

const WITH_STATUS = { returnStatus: true } as const;

/** Each call of a batch by itself, as Parse Server has it in its own process. */
const askOneByOne = (requests: readonly unknown[], options: RequestOptions, request: Request): Promise<unknown[]> =>
  Promise.all(
    requests.map(async (one) => {
      const { method, path, body }: { method: string; path: string; body?: object } = Object(one);
      try {
        const { _status, _headers, ...success } = Object(
          await request(method, path, body, { ...options, ...WITH_STATUS }),
        );
        return options.returnStatus ? { success, _status, _headers } : { success };
      } catch (error) {
        const { code, message }: { code?: unknown; message?: unknown } = Object(error);
        return { error: { code, error: message } };
      }
    }),
  );

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What the SDK asks in place of a server: the emulator, in this process. With `useMasterKey` as master, else as nobody or a session. */
export const createRestController = (parse: ParseSdk, host: CloudHost): object => {
  const { serverURL } = host.options;
  const ask = async (method: string, path: string, data: object, options: RequestOptions): Promise<Answer> => {
    const { useMasterKey = false, sessionToken, installationId } = options;
    return host.ask({
      method,
      path,
      body: toJsonObject(data),
      useMasterKey,
      context: cloneContext(options.context, parse),
      ...(typeof sessionToken === 'string' && { sessionToken }),
      ...(installationId && { installationId }),
    });
  };
  const request: Request = async (method, path, given, options = {}) => {
    const data = given ?? {};
    const below = toPath(path, serverURL);
    if (below.startsWith('/files/')) {
      return toResponse(await askForFile(method, below, data, options, host), options, parse);
    }
    if (below !== '/batch') return toResponse(await ask(method, below, data, options), options, parse);
    const { requests, transaction }: { requests?: unknown; transaction?: unknown } = data;
    if (transaction !== true) return askOneByOne(listIn(requests), options, request);
    const answers = listIn(toResponse(await ask(method, below, data, options), {}, parse));
    const status = (place: number): number => (Object(listIn(requests)[place]).method === 'POST' ? 201 : 200);
    return answers.map((answer, place) =>
      options.returnStatus ? { ...Object(answer), _status: status(place) } : answer,
    );
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
