import { createEmulator, type EmulatorOptions, type JsonObject } from '../../src/index.ts';
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

/** The recorded options in the emulator's own terms: a fake provider accepts one access token. */
export const toEmulatorOptions = ({ auth, ...options }: JsonObject): EmulatorOptions => {
  const providers = Object.entries(auth ?? {}).map(([name, setting]) => [
    name,
    setting === 'fake' ? { accessTokens: ['valid'] } : setting,
  ]);
  return { ...RECORDED_WITH, ...options, ...(auth && { auth: Object.fromEntries(providers) }) };
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
