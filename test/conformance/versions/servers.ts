import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';
import type { Server } from './asking.ts';
import type { Chapter } from './script.ts';

const ORIGIN = 'http://localhost:1337';

/** What the real servers were started with. */
const STARTED_WITH: EmulatorOptions = {
  appId: 'APPLICATION_ID',
  masterKey: 'MASTER_KEY',
  appName: 'emulated',
  serverURL: `${ORIGIN}/parse`,
  publicServerURL: `${ORIGIN}/parse`,
  auth: { fake: { accessTokens: ['valid'] } },
  legacyForms: false,
  deterministic: 'one', // names made by chance do not come to begin with a letter that is asked for
  bcryptRounds: 4,
};

/** An emulator in this process for one chapter of the script. */
export const startEmulator = (
  { options, isProduction }: Chapter,
  more: EmulatorOptions = {},
): Server & AsyncDisposable => {
  const emulator = createEmulator({ ...STARTED_WITH, ...options, production: isProduction, ...more });
  return {
    origin: ORIGIN,
    fetch: (request) => emulator.fetch(request),
    mail: async () => emulator.outbox,
    [Symbol.asyncDispose]: () => emulator.close(),
  };
};
