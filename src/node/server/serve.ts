import { createEmulatorThatSays, type Emulator } from '../../emulator.ts';
import { IN_PROGRAM, type Say } from '../../http/explanations/say.ts';
import type { OutboxMail } from '../../options/adapters.ts';
import { checkOptions } from '../../options/check.ts';
import { originsOf, withOrigins } from '../../options/origins.ts';
import { type EmulatorOptions, OPTIONS } from '../../options/table.ts';
import { UserError } from '../../parse/user-error.ts';
import { jsonFile } from '../data-file/json-file.ts';
import { locate } from '../json/mistake-place.ts';
import { bodyLimitOf } from './bodies/body-limit.ts';
import { type HttpServer, openHttpServer } from './http-server.ts';
import { createLiveSockets } from './live-sockets.ts';
import { withOutboxWatch } from './outbox-watch.ts';
import { createPasswordWorkers } from './password-workers.ts';
import { createPlaygroundAssets } from './playground-assets.ts';
import { withRequestLines } from './request-lines.ts';

/** What `startServer` takes beside the options of the emulator. */
export type ServerOptions = EmulatorOptions & {
  /** Where to listen; 0 takes a free port. @default 1337 */
  readonly port?: number | undefined;
  /** The address of this machine to listen at. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** The path of the JSON file that keeps the state, in place of `persistence`; in memory if neither is given. */
  readonly db?: string | undefined;
  /** Keeps what stands before the damage in the journal of `db`, and sets the rest aside; without it, the start rejects. @default false */
  readonly repair?: boolean | undefined;
  /** What is done before the first request is answered: `(emulator) => emulator.seed(fixtures)`. When it rejects, so does the start. */
  readonly prepare?: ((emulator: Emulator) => Promise<unknown>) | undefined;
  /** Takes a line for each request: method, path, operation, status, Parse's code, who asked, milliseconds, the cause; nothing secret. */
  readonly log?: ((line: string) => void) | undefined;
  /** Takes each mail that comes into the outbox. */
  readonly onMail?: ((mail: OutboxMail) => void) | undefined;
};

/** A running emulator. */
export interface EmulatorServer {
  /** `http://127.0.0.1:1337`: GraphQL at `/graphql`, REST below `/parse`, unless the options say otherwise. */
  readonly url: string;
  /** The port that it listens at, also when 0 was asked for. */
  readonly port: number;
  /** The emulator behind it, for tests in the same process. */
  readonly emulator: Emulator;
  /** Ends it once the requests that are on their way are answered and all is on disk. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const DEFAULT_PORT = 1337;
const DEFAULT_HOST = '127.0.0.1';

const checkAddress = (port: number, host: string): void => {
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new UserError(`Failed to start: port must be a whole number from 0 to 65535, not ${JSON.stringify(port)}`);
  }
  if (typeof host !== 'string') throw new UserError(`Failed to start: host must be text, not ${JSON.stringify(host)}`);
};

/** Ends its parts in order, all of them also when one fails, and once however often it is asked to. */
const createEnd = (...ends: readonly (() => Promise<void>)[]): (() => Promise<void>) => {
  const run = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const end of ends) await end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  let ended: Promise<void> | undefined;
  return () => {
    ended ??= run();
    return ended;
  };
};

/**
 * Starts an emulator that answers over HTTP. Rejects with an error when it cannot: an unknown option, a port in use, a
 * data file that is broken or in use.
 * @example
 * await using server = await startServer({ port: 0, db: 'users.json' });
 * console.log(server.url);
 */
export const startServer = (given: ServerOptions = {}): Promise<EmulatorServer> =>
  startServerThatSays(IN_PROGRAM, given);

/** The same, whose explanations speak in other words than those of a program. */
export const startServerThatSays = async (say: Say, given: ServerOptions): Promise<EmulatorServer> => {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST, db, repair = false, prepare, log, onMail, ...options } = given;
  checkAddress(port, host);
  if (db !== undefined && options.persistence) {
    throw new UserError('Failed to start: db and persistence exclude each other');
  }
  checkOptions(options);
  const server = await openHttpServer({ port, host });
  try {
    const kept = { ...options, ...(db !== undefined && { persistence: jsonFile(db, { repair }) }) };
    return await serve(server, kept, { prepare, log, onMail, say });
  } catch (error) {
    await server.close();
    throw db === undefined ? error : await locate(db, error);
  }
};

type Hooks = { readonly [Name in 'prepare' | 'log' | 'onMail']: ServerOptions[Name] | undefined } & {
  readonly say: Say;
};

/** What the server fills in where nobody says otherwise. */
const OWN = {
  serverURL: 'the server',
  playgroundAssets: 'the server',
  passwordHasher: 'the server',
  persistence: 'the server',
};

const serve = async (
  server: HttpServer,
  options: EmulatorOptions,
  { prepare, log, onMail, say }: Hooks,
): Promise<EmulatorServer> => {
  const workers = options.passwordHasher || options.deterministic ? undefined : createPasswordWorkers();
  const given = Object.keys(options).map((name) => [name, 'options']);
  const origins = { ...OWN, ...Object.fromEntries(given), ...originsOf(options) };
  const emulator = createEmulatorThatSays(say, {
    ...withOrigins(options, origins),
    serverURL: options.serverURL ?? `${server.url}${options.mountPath ?? OPTIONS.mountPath.default}`,
    playgroundAssets: options.playgroundAssets ?? createPlaygroundAssets(),
    ...(workers && { passwordHasher: workers }),
  });
  const sockets = options.liveQuery && (await createLiveSockets(emulator));
  if (sockets) server.upgradeWith(sockets.upgrade);
  const close = createEnd(
    async () => sockets?.close(),
    () => server.close(),
    () => emulator.close(),
    async () => workers?.close(),
  );
  try {
    await emulator.ready;
    await prepare?.(emulator);
  } catch (error) {
    server.answerWith(emulator.handle, bodyLimitOf(emulator)); // whoever asked already is told, too
    await close();
    throw error;
  }
  const watched = onMail ? withOutboxWatch(emulator, emulator.handle, onMail) : emulator.handle;
  server.answerWith(log ? withRequestLines(emulator, watched, log) : watched, bodyLimitOf(emulator));
  return { url: server.url, port: server.port, emulator, close, [Symbol.asyncDispose]: close };
};
