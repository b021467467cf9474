import { createRequestScope, type Parts, toContext } from '../http/parts.ts';
import type { HttpRequest, HttpResponse, RequestHandler } from '../http/wire/message.ts';
import type { LiveTriggers } from '../live/triggers.ts';
import { roleNamesOf } from '../operations/access/role-membership.ts';
import type { Adapters, Auth } from '../operations/context.ts';
import { encodeResult } from '../operations/functions/result.ts';
import type { FunctionTable, NamedFunction } from '../operations/functions/table.ts';
import { authenticate } from '../operations/sessions/sessions.ts';
import { hasModule } from '../operations/third-parties/adapter.ts';
import { NO_TRIGGERS, type TriggerTable } from '../operations/triggers/triggers.ts';
import type { OutboxMail } from '../options/adapters.ts';
import type { Options } from '../options/table.ts';
import { ParseError } from '../parse/error.ts';
import { toJson } from '../parse/json.ts';
import { rest } from '../rest/routes.ts';
import type { CloudCall, CloudHost, CloudSource, LoadCloud, LoadedCloud } from './cloud-code.ts';

/** The application's own code: of the options and, once it is loaded, of cloud code. */
export type Cloud = {
  readonly functions: FunctionTable;
  readonly triggers: TriggerTable;
  /** Those of live queries, as they are now. */
  live(): LiveTriggers;
  readonly adapters: Adapters;
  /** Whether there is something to load. */
  readonly isNeeded: boolean;
  /** Loads cloud code. Rejects with an error that names file and line. */
  load(parts: Parts, handle: RequestHandler): Promise<void>;
  /** Answers a request, in the surroundings that cloud code needs. */
  around(request: HttpRequest, work: () => Promise<HttpResponse>): Promise<HttpResponse>;
  close(): void;
};

/** What loads cloud code. It is of Node, and is asked for by its name alone, so that no bundle for browsers takes it along. */
const LOADER = 'parse-users-emulator/cloud';

const findLoader = async (): Promise<LoadCloud> => {
  try {
    const { loadCloud } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ LOADER)) as {
      loadCloud: LoadCloud;
    };
    return loadCloud;
  } catch (error) {
    if (Reflect.has(globalThis, 'process')) throw error;
    throw new Error('Failed to load cloud code: it takes Node. The options functions and triggers run anywhere');
  }
};

const toNamed = (functions: Options['functions'] = {}): ReadonlyMap<string, NamedFunction> =>
  new Map(
    Object.entries(functions).map(([name, run]) => [name, { run, hasResponse: run.length >= 2, encode: encodeResult }]),
  );

/** The modules of the options that are to be loaded or lent the SDK: all where there is cloud code, else those named by a path. */
const modulesIn = ({ auth = {}, cloud }: Options): CloudSource['adapters'] =>
  Object.fromEntries(
    Object.entries(auth).flatMap(([name, setting]) => {
      if (!hasModule(setting)) return [];
      const module = Object.hasOwn(setting, 'module') ? setting.module : setting;
      return cloud !== undefined || typeof module === 'string' ? [[name, module]] : [];
    }),
  );

const toMail = (mail: { readonly [name: string]: unknown }, now: number): OutboxMail => ({
  kind: 'mail',
  to: String(mail['to'] ?? ''),
  subject: String(mail['subject'] ?? ''),
  text: String(mail['text'] ?? ''),
  link: '',
  sentAt: new Date(now).toISOString(),
});

const askerOf = ({ useMasterKey, sessionToken, installationId = 'cloud' }: CloudCall, parts: Parts): Auth => {
  // users that are made with the installation of the server itself get no session
  const isCloud = installationId === 'cloud';
  if (useMasterKey) return { isMaster: true, installationId, isCloud };
  return { ...authenticate({ sessionToken, installationId }, parts), isCloud };
};

const createHost = (parts: Parts, handle: RequestHandler): CloudHost => ({
  options: parts.options,
  log: parts.log,
  handle,
  rolesOf: (userId) => roleNamesOf(userId, parts.store),
  refusal: (code, message) =>
    typeof message === 'string'
      ? new ParseError(code, message)
      : new ParseError(code, String(message), { restError: toJson(message ?? '') }),
  sendMail: (mail) => {
    if (parts.options.emailAdapter !== false) return parts.mail.send(toMail(mail, parts.clock.now()));
    parts.log('error', 'Failed to send email because no mail adapter is configured for Parse Server.');
  },
  async ask(call) {
    const scope = createRequestScope(parts);
    const { method, path, body, context: cloudContext } = call;
    try {
      const own = { ...parts, store: scope.store };
      const context = toContext(parts, askerOf(call, own), scope, { headers: {}, ip: '', cloudContext });
      const answer = await rest({ method, path, query: {}, body, headers: {} }, context);
      await scope.store.settled();
      return { headers: {}, ...answer };
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      return { status: 400, headers: {}, body: { code: error.code, error: error.message } };
    }
  },
});

/** The functions of two tables; those of the second win. */
const createFunctionTable = (
  own: ReadonlyMap<string, NamedFunction>,
  loaded: () => FunctionTable | undefined,
): FunctionTable => {
  let known: { readonly of: readonly string[] | undefined; readonly names: readonly string[] } | undefined;
  return {
    find: (name) => loaded()?.find(name) ?? own.get(name),
    names: () => {
      const of = loaded()?.names();
      if (!known || known.of !== of) known = { of, names: [...new Set([...own.keys(), ...(of ?? [])])] };
      return known.names;
    },
    findJob: (name) => loaded()?.findJob(name),
    jobNames: () => loaded()?.jobNames() ?? [],
  };
};

const createTriggerTable = (own: TriggerTable, loaded: () => TriggerTable | undefined): TriggerTable => ({
  of: (className) => {
    const [first, second] = [own.of(className), loaded()?.of(className)];
    return first && second ? { ...first, ...second } : (second ?? first);
  },
  get files() {
    const [first, second] = [own.files, loaded()?.files];
    return first && second ? { ...first, ...second } : (second ?? first);
  },
});

/** The application's code of one emulator, beside the triggers that the options have. */
export const createCloud = (options: Options, ownTriggers: TriggerTable = NO_TRIGGERS): Cloud => {
  const source = { cloud: options.cloud, adapters: modulesIn(options), isWatched: options.watch };
  const isNeeded = source.cloud !== undefined || Object.keys(source.adapters).length > 0;
  let loaded: LoadedCloud | undefined;
  let isClosed = false;
  return {
    isNeeded,
    functions: createFunctionTable(toNamed(options.functions), () => loaded?.functions),
    triggers: isNeeded ? createTriggerTable(ownTriggers, () => loaded?.triggers) : ownTriggers,
    live: () => loaded?.live ?? {},
    adapters: { find: (provider) => loaded?.adapters.find(provider) },
    async load(parts, handle) {
      const loadCloud = await findLoader();
      loaded = await loadCloud(source, createHost(parts, handle));
      if (isClosed) loaded.close();
    },
    around: (request, work) => (loaded ? loaded.around(request, work) : work()),
    close: () => {
      isClosed = true;
      loaded?.close();
    },
  };
};
