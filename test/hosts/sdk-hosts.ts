import { setupServer } from 'msw/node';
import { vi } from 'vitest';
import { createEmulator } from '../../src/emulator.ts';
import { createHandlers } from '../../src/msw/handlers.ts';
import { main } from '../../src/node/command/cli.ts';
import { startServer } from '../../src/node/server/serve.ts';
import type { EmulatorOptions } from '../../src/options/table.ts';
import type { Sdk } from './sdk-example.ts';
import { FUNCTIONS_OPTION, OPTIONS } from './sdk-examples.ts';

/** What stands between a client of REST and an emulator. */
export type SdkHost = {
  /** The address of REST, as `Parse.serverURL` takes it. */
  readonly serverURL: string;
  readonly outbox: Sdk['outbox'];
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** The class of sockets that the SDK must use to get through; null where there are none. */
  readonly WebSocket?: typeof WebSocket | null;
};

type Start = () => Promise<SdkHost>;

const WITH_FUNCTIONS: EmulatorOptions = { ...OPTIONS, functions: FUNCTIONS_OPTION };

const nothingBetween: Start = async () => {
  const emulator = createEmulator(WITH_FUNCTIONS);
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => emulator.fetch(new Request(url, init)));
  const close = async (): Promise<void> => {
    vi.unstubAllGlobals();
    await emulator.close();
  };
  return {
    serverURL: 'http://localhost:1337/parse',
    outbox: async () => emulator.outbox,
    reset: emulator.reset,
    close,
    WebSocket: null,
  };
};

const throughNode: Start = async () => {
  const { url, emulator, close } = await startServer({ ...WITH_FUNCTIONS, port: 0 });
  return { serverURL: `${url}/parse`, outbox: async () => emulator.outbox, reset: emulator.reset, close };
};

const throughMsw: Start = async () => {
  const serverURL = 'https://api.example.com/parse';
  const emulator = createEmulator({ ...WITH_FUNCTIONS, serverURL });
  const server = setupServer(...createHandlers(emulator));
  server.listen({ onUnhandledRequest: 'error' });
  const close = async (): Promise<void> => {
    server.close();
    await emulator.close();
  };
  return { serverURL, outbox: async () => emulator.outbox, reset: emulator.reset, close, WebSocket };
};

/** The command line; tests look into it by its control routes. */
export const commandLine: Start = async () => {
  const flags = ['--bcrypt-rounds', '4', '--allow-client-class-creation', '--auth', JSON.stringify(OPTIONS.auth)];
  flags.push('--live-query', JSON.stringify(OPTIONS.liveQuery));
  let stop = (): void => undefined;
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    stop = () => resolve('SIGTERM');
  });
  let ended: Promise<number> | undefined;
  const printed = await new Promise<string>((print, warn) => {
    ended = main(['--memory', '--port', '0', ...flags], { print, warn, untilStopped: () => stopped });
  });
  const url = /http:\/\/[\w.]+:\d+/.exec(printed)?.[0];
  return {
    serverURL: `${url}/parse`,
    outbox: async () => (await fetch(`${url}/emulator/outbox`)).json(),
    reset: async () => void (await fetch(`${url}/emulator/reset`, { method: 'POST' })),
    close: async () => {
      stop();
      await ended;
    },
  };
};

/** Every way that the SDK's examples are run in Node. */
export const SDK_HOSTS: readonly (readonly [name: string, start: Start])[] = [
  ['with nothing in between', nothingBetween],
  ['through the Node server', throughNode],
  ['through MSW', throughMsw],
];
