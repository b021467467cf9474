import { createApplications } from './emulator/applications.ts';
import { type Core, createCore } from './emulator/core.ts';
import { shareLive } from './emulator/live.ts';
import { createScope } from './emulator/scope.ts';
import type { Start, Surroundings } from './emulator/start.ts';
import { applicationIdOf } from './http/credentials/application-id.ts';
import type { Say } from './http/explanations/say.ts';
import { toFetch } from './http/wire/fetch.ts';
import { createInnerPaths } from './http/wire/inner-paths.ts';
import type { HttpRequest, RequestHandler } from './http/wire/message.ts';
import { resolveOptions } from './options/check.ts';
import { originsOf, withOrigins } from './options/origins.ts';
import type { EmulatorOptions, Options } from './options/table.ts';
import { UserError } from './parse/user-error.ts';
import { settle } from './store/frozen.ts';

export type { Fixtures } from './options/adapters.ts';

/** A Parse Server without a server: one `handle` (or `fetch`) answers everything. */
export interface Emulator extends Core {
  /** A further emulator with the same options, which begins with the present state and shares nothing with this one. */
  fork(): Emulator;
  /**
   * Runs one concurrent test with a fork of its own. What is asked of this emulator inside, by requests and by calls alike,
   * goes to the fork, also from within MSW's `server.boundary`. Where the platform has no asynchronous context (browsers,
   * React Native), only `mine` does: give it to `server.use(...createHandlers(mine))`.
   */
  isolate<Result>(run: (mine: Emulator) => Result | Promise<Result>): Promise<Result>;
  /** The state of another application, by its id, that the option `apps` allows. Throws for an id that it does not. */
  app(appId: string): Emulator;
}

/** The options as they are from now on, whatever becomes of the objects that they were given as. */
const ownOptions = (options: Options): Options =>
  withOrigins(
    Object.fromEntries(Object.entries(options).map(([name, value]) => [name, settle(value)])) as Options,
    originsOf(options),
  );

/** What a further state is made with: it is kept nowhere. */
const inMemory = (options: Options): Options => ({ ...options, persistence: undefined, seed: undefined });

const build = (
  options: Options,
  begin?: Start,
  applications = new Map<string, Emulator>(),
  surroundings: Surroundings = {},
): Emulator => {
  const core = createCore(options, begin, surroundings);
  const { baseline, start } = core;
  const scope = createScope<Emulator>();
  const fork = (): Emulator => {
    const forks = [...applications].map(([appId, one]) => [appId, one.fork()] as const);
    return build(inMemory(options), start(), new Map(forks), { say: surroundings.say });
  };
  const findApplication = createApplications(options, applications, (appId) =>
    build({ ...inMemory(options), appId, apps: undefined }, baseline(), new Map(), {
      ...surroundings,
      above: core.events,
    }),
  );
  const handleOf = (request: HttpRequest): RequestHandler =>
    (options.apps && findApplication(applicationIdOf(request))?.handle) || core.handle;
  const findHandle: RequestHandler = (request) => (scope.get()?.handle ?? handleOf(request))(request);
  const toInner = createInnerPaths(options);
  // an application begins with the seed, which must be there
  const handleInner: RequestHandler = (request) =>
    !options.apps || core.isReady()
      ? findHandle(request)
      : core.ready.then(
          () => findHandle(request),
          () => core.handle(request),
        );
  const handle: RequestHandler = (request) => handleInner(toInner(request));
  const shared: Emulator = {
    ...core,
    get requests() {
      return core.requests;
    },
    handle,
    fetch: toFetch(handle, options.serverURL),
    live: options.apps ? shareLive(core.live, (appId) => findApplication(appId)?.live) : core.live,
    fork,
    async isolate(run) {
      await core.ready;
      const mine = fork();
      return await scope.run(mine, () => run(mine));
    },
    app(appId) {
      const found = appId === options.appId ? emulator : findApplication(appId);
      if (!found)
        throw new UserError(`Failed to find the application "${appId}": name it in the option apps, or say 'any'`);
      return found;
    },
  };
  // inside of `isolate`, everything is the fork's
  const emulator = new Proxy(shared, { get: (target, name) => Reflect.get(scope.get() ?? target, name) });
  return emulator;
};

/**
 * Makes an emulator. Every option may be left out; names and defaults are Parse Server's.
 * @throws Error for an option that is unknown or of the wrong type, and for `typeDefs` that make no schema
 * @example
 * const emulator = createEmulator({ seed: { _User: [{ username: 'johndoe', password: 'secret' }] } });
 * const response = await emulator.fetch('http://localhost/graphql?query={health}', { headers: await emulator.headersFor() });
 */
export const createEmulator = (given: EmulatorOptions = {}): Emulator => build(ownOptions(resolveOptions(given)));

/** The same, whose explanations speak in other words than those of a program. */
export const createEmulatorThatSays = (say: Say, given: EmulatorOptions): Emulator =>
  build(ownOptions(resolveOptions(given)), {}, new Map(), { say });
