import { resolve } from 'node:path';
import type { CloudHost, CloudSource, LoadedCloud } from '../../emulator/cloud-code.ts';
import type { HttpRequest } from '../../http/wire/message.ts';
import type { AdapterLender } from '../../operations/third-parties/lender.ts';
import { thrownAt } from '../../operations/thrown.ts';
import type { FunctionLog } from '../../options/adapters.ts';
import { createDefiner, type Definitions, noDefinitions } from './definitions.ts';
import { loadFile, locateModule, placeIn } from './files.ts';
import { createFunctionTable } from './functions.ts';
import { createLiveTriggers } from './live.ts';
import { createModules, isInstalled, type Modules } from './modules.ts';
import type { ParseSdk } from './parse-sdk.ts';
import { type Lender, toObject } from './requests/requests.ts';
import { createRestController } from './rest-controller.ts';
import { currentScope, lendGlobal, runInScope, takeBackGlobal } from './scope.ts';
import { lendSdk } from './sdk.ts';
import { createTriggerTable, type RunCode } from './triggers.ts';

/** The SDK of one emulator, wired to it, and what cloud code defines by it. */
const wire = (from: string, host: CloudHost): { parse: ParseSdk; definitions: Definitions } => {
  const parse = lendSdk(from, host.options);
  const definitions = noDefinitions();
  parse.CoreManager.setRESTController(createRestController(parse, host));
  parse.Server = { ...host.options, applicationId: host.options.appId };
  Object.assign(parse.Cloud, createDefiner(definitions), { sendEmail: host.sendMail });
  return { parse, definitions };
};

const createLog = (): FunctionLog & { [level: string]: (message: string) => void } => ({
  info: (message) => console.info(message),
  warn: (message) => console.warn(message),
  error: (message) => console.error(message),
  verbose: () => undefined,
  debug: () => undefined,
  silly: () => undefined,
});

/** An error of the SDK as one that reaches clients as it is; all else is the emulator's to judge. */
const translate = (thrown: unknown, { parse, host }: Lender): unknown =>
  thrown instanceof parse.Error ? host.refusal(thrown.code, thrown.message) : thrown;

const createRun =
  (lender: Lender): RunCode =>
  async (running, work) => {
    const { request } = currentScope() ?? {};
    try {
      return await runInScope({ parse: lender.parse, running, request }, work);
    } catch (thrown) {
      const place = thrown instanceof Error ? placeIn(thrown.stack ?? '') : undefined;
      throw thrownAt(translate(thrown, lender), place === undefined ? running : `${running}, at ${place}`);
    }
  };

const createAdapterLender = (lender: Lender): AdapterLender => ({
  toObject: (className, json) => toObject(lender, className, json),
  run: (running, work) => {
    const { request } = currentScope() ?? {};
    try {
      const outcome = runInScope({ parse: lender.parse, running, request }, work);
      if (!(outcome instanceof Promise)) return outcome;
      return outcome.catch((thrown: unknown) => {
        throw translate(thrown, lender);
      }) as typeof outcome;
    } catch (thrown) {
      throw translate(thrown, lender);
    }
  },
});

/** What a module exports is what counts, or its default export. */
const defaultOf = (exported: unknown): unknown => Reflect.get(Object(exported), 'default') || exported;

const loadAdapters = async ({ adapters }: CloudSource, modules: Modules): Promise<ReadonlyMap<string, unknown>> => {
  const loaded = new Map<string, unknown>();
  for (const [provider, module] of Object.entries(adapters)) {
    loaded.set(
      provider,
      typeof module === 'string' ? defaultOf(await loadFile(locateModule(module) ?? resolve(module), modules)) : module,
    );
  }
  return loaded;
};

/** Where the SDK is looked for first: beside the code. */
const placeOf = ({ cloud, adapters }: CloudSource): string => {
  const [path = 'any.js'] = [cloud, ...Object.values(adapters)].filter((given) => typeof given === 'string');
  return resolve(path);
};

const toLabel = ({ method, url }: HttpRequest): string =>
  `${method} ${url.replace(/^https?:\/\/[^/]+/, '').split('?')[0]}`;

/** Cloud code as it was evaluated once. */
export type Evaluated = Pick<LoadedCloud, 'functions' | 'triggers' | 'live' | 'adapters' | 'around'> & {
  readonly parse: ParseSdk;
  /** The files of the application that were loaded. */
  readonly files: ReadonlySet<string>;
};

/** Evaluates cloud code and the modules of auth adapters, for one emulator alone. Rejects with an error that names file and line. */
export const evaluate = async (source: CloudSource, host: CloudHost): Promise<Evaluated> => {
  const { parse, definitions } = wire(placeOf(source), host);
  const modules = createModules({
    isOwn: (filename) => !isInstalled(filename),
    lent: new Map([
      ['parse/node', parse],
      ['parse/node.js', parse],
    ]),
  });
  lendGlobal(parse);
  try {
    const adapters = await runInScope({ parse }, async () => {
      const { cloud } = source;
      if (typeof cloud === 'function') await cloud(parse);
      else if (cloud !== undefined) await loadFile(resolve(cloud), modules);
      return loadAdapters(source, modules);
    });
    const lender: Lender = { parse, host, log: createLog() };
    const run = createRun(lender);
    const adapterLender = createAdapterLender(lender);
    return {
      parse,
      files: modules.files,
      functions: createFunctionTable(definitions, lender, run),
      triggers: createTriggerTable(definitions, lender, run),
      live: createLiveTriggers(definitions, lender, run),
      adapters: {
        find: (provider) => {
          const module = adapters.get(provider);
          return module === undefined ? undefined : { module, lender: adapterLender };
        },
      },
      around: (request, work) => runInScope({ parse, request: toLabel(request) }, work),
    };
  } catch (error) {
    takeBackGlobal(parse);
    throw error;
  }
};
