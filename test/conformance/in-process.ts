import { fileURLToPath } from 'node:url';
import { createEmulator, type EmulatorOptions, type Json, type JsonObject } from '../../src/index.ts';
import type { Target } from './player.ts';

export const ORIGIN = 'http://localhost:1337';

/** What the recorded server was started with, unless a scenario says otherwise; 4 rounds only, so that it is quick. */
const RECORDED_WITH: EmulatorOptions = {
  appId: 'APPLICATION_ID',
  masterKey: 'MASTER_KEY',
  appName: 'emulated',
  serverURL: `${ORIGIN}/parse`,
  publicServerURL: `${ORIGIN}/parse`,
  graphQLPublicIntrospection: true,
  allowClientClassCreation: true,
  bcryptRounds: 4,
};

const MODULE = 'module:';

/** A file of cloud code or an auth adapter, as Parse Server takes it: by its path. */
const cloudFile = (name: string): string => fileURLToPath(new URL(`./cloud/${name}`, import.meta.url));

/** A recorded provider: a fake one accepts one access token, `module:NAME` is an adapter in `cloud/NAME.js`. */
const toProvider = (setting: Json): Json => {
  if (setting === 'fake') return { accessTokens: ['valid'] };
  const { module, ...settings } = typeof setting === 'string' ? { module: setting } : (setting as JsonObject);
  return typeof module === 'string' && module.startsWith(MODULE)
    ? { module: cloudFile(`${module.slice(MODULE.length)}.js`), ...settings }
    : setting;
};

/** The recorded options in the emulator's own terms. */
export const toEmulatorOptions = ({ auth, cloud, ...options }: JsonObject): EmulatorOptions => {
  const providers = Object.entries(auth ?? {}).map(([name, setting]) => [name, toProvider(setting as Json)]);
  return {
    ...RECORDED_WITH,
    ...(auth && { auth: Object.fromEntries(providers) }),
    ...(typeof cloud === 'string' && { cloud: cloudFile(cloud) }),
    ...options,
  };
};

/** Starts an emulator for a scenario, in this process; its time moves on in place of waiting. */
export const startInProcess = (options: JsonObject = {}): Target & AsyncDisposable => {
  const emulator = createEmulator(toEmulatorOptions(options));
  return {
    origin: ORIGIN,
    fetch: (request) => emulator.fetch(request),
    outbox: async () => emulator.outbox,
    sleep: async (milliseconds) => emulator.clock.advance({ milliseconds }),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
};
