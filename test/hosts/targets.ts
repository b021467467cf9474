import { setupServer } from 'msw/node';
import { createEmulator, type JsonObject } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';
import { startServer } from '../../src/node/index.ts';
import { toEmulatorOptions } from '../conformance/in-process.ts';
import type { Target } from '../conformance/player.ts';

/** A host of the emulator, started for one scenario. */
export type StartTarget = (options?: JsonObject) => Promise<Target & AsyncDisposable>;

/** A server that listens, asked over the loopback network. */
const startListening: StartTarget = async (options = {}) => {
  const { serverURL: _, publicServerURL: __, ...given } = toEmulatorOptions(options);
  const { url, emulator, close } = await startServer({ ...given, port: 0 });
  return {
    origin: url,
    fetch: (request) => fetch(request),
    outbox: async () => emulator.outbox,
    sleep: async (milliseconds) => emulator.clock.advance({ milliseconds }),
    [Symbol.asyncDispose]: close,
  };
};

/** MSW in this process, at an origin that nobody listens at. */
const startIntercepting: StartTarget = async (options = {}) => {
  const emulator = createEmulator(toEmulatorOptions(options));
  const server = setupServer(...createHandlers(emulator, { unknown: 'error' }));
  server.listen({ onUnhandledRequest: 'error' });
  return {
    origin: 'http://localhost:1337',
    fetch: (request) => fetch(request),
    outbox: async () => emulator.outbox,
    sleep: async (milliseconds) => emulator.clock.advance({ milliseconds }),
    [Symbol.asyncDispose]: async () => {
      server.close();
      await emulator.close();
    },
  };
};

/** Every host but `emulator.fetch` itself, which the conformance suite plays. */
export const TARGETS: readonly (readonly [string, StartTarget])[] = [
  ['startServer', startListening],
  ['MSW', startIntercepting],
];
