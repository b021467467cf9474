import type { IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { below, toTarget } from '../../http/wire/target.ts';
import type { OutboxMail } from '../../options/adapters.ts';
import { checkOptions } from '../../options/check.ts';
import { type Paths, pathsOf } from '../../options/paths.ts';
import type { EmulatorOptions } from '../../options/table.ts';
import { UserError } from '../../parse/user-error.ts';
import { messageOf } from '../json/file-error.ts';
import type { ViteAddress, ViteServer } from './dev-server.ts';
import { findHolder, type Holder, type Wish } from './holder.ts';

/** The options of the emulator, and where Vite's server keeps its state. */
export type PluginOptions = Omit<EmulatorOptions, 'persistence'> & {
  /** The path of the JSON file that keeps the state, from the root of Vite's project on; in memory if it is not given. */
  readonly db?: string | undefined;
  /** Whether each mail is printed beside Vite's own lines. @default true */
  readonly printMail?: boolean | undefined;
};

/** A plugin of Vite's, in types that need none of Vite's. */
export type VitePlugin = {
  /** `parse-users-emulator`. */
  readonly name: string;
  /** Where it takes part: in `vite` and `vite preview`, and in no build. */
  readonly apply: 'serve';
  /** Puts the emulator into a dev server. */
  configureServer(server: ViteServer): Promise<void>;
  /** Puts it into a preview server. */
  configurePreviewServer(server: ViteServer): Promise<void>;
  /** Ends it with the dev server that the environment is a part of. */
  buildEnd(this: { readonly environment?: object }): Promise<void>;
};

/** Vitest runs tests in a Vite server with the same configuration: it would take the data file from the dev server. */
const isVitest = ({ config }: ViteServer): boolean =>
  config.plugins.some(({ name }) => name === 'vitest' || name.startsWith('vitest:'));

/** What stands for no address in particular. */
const ALL_ADDRESSES: readonly unknown[] = [undefined, true, false, '', '0.0.0.0', '::'];

const DEFAULT_PORT = 5173;

const toOrigin = ({ host, https }: ViteAddress, port: number): string => {
  const name = ALL_ADDRESSES.includes(host) ? 'localhost' : String(host);
  return `${https ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

/** Vite's own print of where it is reached, and the emulator's below it. */
const addToPrint = (server: ViteServer, holder: Holder, { graphQL, playground }: Paths): void => {
  const printUrls = server.printUrls.bind(server);
  server.printUrls = () => {
    printUrls();
    server.config.logger.info(`  ➜  GraphQL: ${holder.origin}${graphQL}`);
    server.config.logger.info(`  ➜  Playground: ${holder.origin}${playground}`);
  };
};

const answerRequests = ({ middlewares, httpServer }: ViteServer, holder: Holder, { rest }: Paths): void => {
  middlewares.use((request, response, next) => {
    void holder.running().then((running) => (running ? running.middleware(request, response, next) : next()));
  });
  httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (below(rest, toTarget(request.url ?? '/').path) === undefined) return; // Vite's own
    void holder.running().then((running) => (running?.upgrade ? running.upgrade(request, socket, head) : socket.end()));
  });
};

/** Calls `moved` with the origin when the server turns out to listen somewhere else than was thought. */
const followOrigin = ({ httpServer }: ViteServer, at: ViteAddress, holder: Holder, moved: () => void): void => {
  httpServer?.on('listening', () => {
    const address = httpServer.address();
    if (typeof address !== 'object' || address === null) return;
    const origin = toOrigin(at, address.port);
    if (origin === holder.origin) return;
    holder.origin = origin;
    moved();
  });
};

const checkPaths = (paths: Paths): void => {
  if (!Object.values(paths).includes('')) return;
  throw new UserError('Failed to put the emulator into Vite: a path is "/", which would hide the page. Choose another');
};

/** Puts the emulator into a server, and returns how to end it. Rejects when it cannot be made. */
const serveIn = async (server: ViteServer, at: ViteAddress, { db, printMail = true, ...options }: PluginOptions) => {
  const { root, logger } = server.config;
  const file = db === undefined ? undefined : resolve(root, db);
  const paths = pathsOf(options);
  const holder = findHolder(JSON.stringify([root, file, options.appId]));
  const print = ({ to, subject, link }: OutboxMail): void => logger.info(`Mail to ${to}: ${subject}\n  ${link}`);
  let stopWatching: (() => void) | undefined;

  const take = async (): Promise<void> => {
    const wish: Wish = { options: { serverURL: `${holder.origin}${paths.rest}`, ...options }, db: file };
    const { emulator } = await holder.take(wish);
    stopWatching?.();
    if (printMail) stopWatching = emulator.watch((event) => event.kind === 'mail' && print(event.mail));
  };

  holder.origin ??= toOrigin(at, at.port ?? DEFAULT_PORT);
  await take();
  holder.owner = server;
  followOrigin(server, at, holder, () => void take().catch((error: unknown) => logger.error(messageOf(error))));
  answerRequests(server, holder, paths);
  addToPrint(server, holder, paths);
  return async (): Promise<void> => {
    stopWatching?.();
    if (holder.owner === server) await holder.end();
  };
};

/**
 * A plugin that answers `/graphql`, `/parse`, `/playground` (or what the options name in their place) and `/emulator` in Vite's dev server and in `vite preview`, at their port. What
 * it holds outlives reloads of the configuration. It stays out of Vitest, which runs tests in a server of Vite's.
 * @param options those of the emulator; `db` keeps the state in a file
 * @example
 * export default defineConfig({ plugins: [parseUsersEmulator({ db: 'users.json', verifyUserEmails: true })] });
 * @throws Error for an option that is unknown or of the wrong type
 */
export const parseUsersEmulator = (options: PluginOptions = {}): VitePlugin => {
  const { db: _, printMail: __, ...ofEmulator } = options;
  checkOptions(ofEmulator);
  checkPaths(pathsOf(ofEmulator));
  const ends = new WeakMap<object, () => Promise<void>>();
  return {
    name: 'parse-users-emulator',
    apply: 'serve',
    async configureServer(server) {
      if (isVitest(server)) return;
      const end = await serveIn(server, server.config.server, options);
      for (const environment of Object.values(server.environments ?? {})) ends.set(environment, end);
    },
    async configurePreviewServer(server) {
      const end = await serveIn(server, server.config.preview, options);
      server.httpServer?.on('close', () => void end());
    },
    async buildEnd() {
      await (this.environment && ends.get(this.environment)?.());
    },
  };
};
