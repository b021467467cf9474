import { type HttpHandler, http } from 'msw';
import { createEmulator, type Emulator } from '../emulator.ts';
import type { EmulatorOptions } from '../options.ts';
import { toAddresses } from './addresses.ts';

/** Where the handlers listen, and what they leave to others. */
export type HandlersOptions = {
  /** The address of the GraphQL endpoint; REST is `parse` beside it. Not given: `/graphql` at any origin. */
  readonly url?: string;
  /**
   * What becomes of a GraphQL request that asks for no field of the emulator's: it falls through to the next handler of the
   * application, its body unread, or the emulator answers it with the error that a Parse Server has for it.
   * @default 'fallthrough'
   */
  readonly unknown?: 'fallthrough' | 'error';
};

const isEmulator = (value: Emulator | EmulatorOptions): value is Emulator => 'handle' in value;

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

/** The part of a URL's path from `name` on, whatever stands before it. */
const pathFrom = (name: string, mount: string, request: Request): string => {
  const { pathname, search } = new URL(request.url);
  const last = mount.slice(mount.lastIndexOf('/'));
  const at = pathname.toLowerCase().lastIndexOf(last.toLowerCase());
  return `${name}${at === -1 ? '' : pathname.slice(at + last.length)}${search}`;
};

/**
 * MSW handlers that answer as the emulator does, for `setupServer` and `setupWorker`. They are plain handlers of MSW's `http`:
 * spread them, and put your own before them with `server.use(…)`.
 * @param source an emulator to share, or options to make one of
 * @throws Error for a `url` that MSW would never match
 */
export const createHandlers = (
  source: Emulator | EmulatorOptions = {},
  { url = '*/graphql', unknown = 'fallthrough' }: HandlersOptions = {},
): HttpHandler[] => {
  const { graphql, rest } = toAddresses(url);
  const emulator = isEmulator(source) ? source : createEmulator(source);

  const isForeign = async (request: Request): Promise<boolean> => {
    if (unknown === 'error') return false;
    const query = await queryOf(request.clone());
    return query !== undefined && emulator.isForeign(query);
  };

  const graphqlHandler = (path: string): HttpHandler =>
    http.all(path, async ({ request }) =>
      (await isForeign(request)) ? undefined : emulator.fetch(request, pathFrom('/graphql', graphql, request)),
    );
  const restHandler = (path: string): HttpHandler =>
    http.all(path, ({ request }) => emulator.fetch(request, pathFrom('/parse', rest, request)));

  return [graphqlHandler(graphql), graphqlHandler(`${graphql}/*`), restHandler(`${rest}/*`)];
};
