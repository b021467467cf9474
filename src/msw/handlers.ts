import { type HttpHandler, http, type WebSocketHandler } from 'msw';
import { createEmulator, type Emulator } from '../emulator.ts';
import { answerAt, BrokenConnection } from '../http/wire/fetch.ts';
import { type Paths, pathsOf } from '../options/paths.ts';
import type { EmulatorOptions } from '../options/table.ts';
import { UserError } from '../parse/user-error.ts';
import { toAddresses } from './addresses.ts';
import { createLiveHandler } from './live.ts';

/** Where the handlers listen, and what they leave to others. */
export type HandlersOptions = {
  /**
   * The address of the GraphQL endpoint; REST is `parse` beside it. Not given: `/graphql` at any origin. The emulator's options
   * `graphQLPath` and `mountPath` count in place of both, unless `source` is a function.
   */
  readonly url?: string | undefined;
  /**
   * What becomes of a GraphQL request that asks for no field of the emulator's: it falls through to the next handler of the
   * application, its body unread, or the emulator answers it with the error that a Parse Server has for it.
   * @default 'fallthrough'
   */
  readonly unknown?: 'fallthrough' | 'error' | undefined;
  /** Whether `server.resetHandlers()` brings the emulator back to its seed, too. It takes MSW 2.14. @default false */
  readonly resets?: boolean | undefined;
};

/** An emulator to share, options to make one of, or a function that finds the one for the request at hand. */
export type HandlersSource = Emulator | EmulatorOptions | (() => Emulator);

const toFinder = (source: HandlersSource): (() => Emulator) => {
  if (typeof source === 'function') return source;
  const emulator = 'handle' in source ? source : createEmulator(source);
  return () => emulator;
};

/** Whether live queries are on, or may be. */
const mayBeLive = (source: HandlersSource): boolean => {
  if (typeof source === 'function') return true;
  return ('handle' in source ? source.options.liveQuery : source.liveQuery) !== undefined;
};

/** MSW calls `reset` on each of its present handlers; the one that it inherits ends generators. Older ones have none to call. */
const withReset = (handler: HttpHandler, reset: () => void): HttpHandler => {
  const inherited: unknown = Reflect.get(handler, 'reset');
  if (typeof inherited !== 'function') {
    throw new UserError(
      'Failed to create handlers: `resets` takes MSW 2.14 or newer. With this one, call emulator.reset() after each test',
    );
  }
  const value = (): void => {
    inherited.call(handler);
    reset();
  };
  return Object.defineProperty(handler, 'reset', { value, configurable: true, writable: true });
};

const queryOf = async (request: Request): Promise<string | undefined> => {
  if (request.method === 'GET') return new URL(request.url).searchParams.get('query') ?? undefined;
  try {
    const body: unknown = JSON.parse(await request.text());
    const query = typeof body === 'object' && body !== null ? Reflect.get(body, 'query') : undefined;
    return typeof query === 'string' ? query : undefined;
  } catch {
    return undefined; // whatever this is, the emulator says what is wrong with it
  }
};

/** MSW takes `Response.error()` for a network that failed. */
const toNetworkError = (error: unknown): Response => {
  if (error instanceof BrokenConnection) return Response.error();
  throw error;
};

/** Where the emulator itself has what `mount` is the address of, for a request: whatever stands before it is left out. */
const pathFrom = (name: string, mount: string, request: Request): string => {
  const { pathname, search } = new URL(request.url);
  const place = mount.replace(/^\*|^https?:\/\/[^/]*/i, '').toLowerCase();
  const path = `${pathname.toLowerCase()}/`;
  const at = path.indexOf(`${place}/`);
  return `${name}${at === -1 ? '' : pathname.slice(at + place.length)}${search}`;
};

/** The handlers for emulators that answer at these paths; `isLive`: whether live queries are on, or may be. */
export const handlersFor = (
  find: () => Emulator,
  paths: Paths,
  isLive: boolean,
  { url, unknown = 'fallthrough', resets = false }: HandlersOptions,
): (HttpHandler | WebSocketHandler)[] => {
  const { graphql, rest } = toAddresses(url ?? `*${paths.graphQL}`, paths);

  const isForeign = async (request: Request): Promise<boolean> => {
    if (unknown === 'error') return false;
    const query = await queryOf(request.clone());
    if (query === undefined || !find().isForeign(query)) return false;
    // Functions of cloud code, and what the application's own code makes of the schema, are known once that was loaded.
    await find().ready.catch(() => undefined);
    return find().isForeign(query);
  };

  // a copy is read: the request itself is for those who listen to MSW's events
  const answer = (request: Request, address: string): Promise<Response> =>
    answerAt(find().handle, request.clone(), address, request.signal).catch(toNetworkError);

  const graphqlHandler = (path: string): HttpHandler =>
    http.all(path, async ({ request }) =>
      (await isForeign(request)) ? undefined : answer(request, pathFrom(ownPaths().graphQL, graphql, request)),
    );
  const restHandler = (path: string): HttpHandler =>
    http.all(path, ({ request }) => answer(request, pathFrom(ownPaths().rest, rest, request)));
  const ownPaths = (): Paths => pathsOf(find().options);

  const first = graphqlHandler(graphql);
  const reset = (): void => void find().reset().catch(console.error); // it fails only where the state is kept and cannot be
  const handlers = [resets ? withReset(first, reset) : first, graphqlHandler(`${graphql}/*`), restHandler(`${rest}/*`)];
  return isLive ? [...handlers, createLiveHandler(rest, find)] : handlers;
};

/**
 * MSW handlers that answer as the emulator does, for `setupServer` and `setupWorker`. They are plain handlers of MSW's `http`,
 * and one of its `ws` where live queries are on:
 * spread them, and put your own before them with `server.use(…)`.
 * @param source an emulator to share, options to make one of, or a function that finds the one for the request at hand
 * @param options where they listen, and what they leave to others
 * @throws Error for a `url` that MSW would never match
 * @example
 * const emulator = createEmulator();
 * const server = setupServer(...createHandlers(emulator));
 */
export const createHandlers = (
  source: HandlersSource = {},
  options: HandlersOptions = {},
): (HttpHandler | WebSocketHandler)[] => {
  const given = typeof source === 'function' ? {} : 'handle' in source ? source.options : source;
  return handlersFor(toFinder(source), pathsOf(given), mayBeLive(source), options);
};
