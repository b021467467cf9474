import { setupServer } from 'msw/node';
import Parse from 'parse/node';
import { vi } from 'vitest';
import { createEmulator, type Emulator } from '../../src/emulator.ts';
import { createHandlers } from '../../src/msw/handlers.ts';
import { startServer } from '../../src/node/serve.ts';
import type { EmulatorOptions } from '../../src/options.ts';

/** What stands between a client of REST and an emulator. */
export type SdkHost = {
  /** The address of REST, as `Parse.serverURL` takes it. */
  readonly serverURL: string;
  readonly emulator: Emulator;
  readonly close: () => Promise<void>;
};

// The SDK's types for Node leave it out where modules are ESM.
type Initialise = { initialize(appId: string, javascriptKey?: string, masterKey?: string): void };

/** Points the SDK at a server, with the master key in hand. */
export const initialiseSdk = (serverURL: string): void => {
  (Parse as unknown as Initialise).initialize('APPLICATION_ID', undefined, 'MASTER_KEY');
  Parse.CoreManager.set('SERVER_URL', serverURL);
};

type Start = (options: EmulatorOptions) => Promise<SdkHost>;

const nothingBetween: Start = async (options) => {
  const emulator = createEmulator(options);
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => emulator.fetch(new Request(url, init)));
  const close = async (): Promise<void> => {
    vi.unstubAllGlobals();
    await emulator.close();
  };
  return { serverURL: 'http://localhost:1337/parse', emulator, close };
};

const throughNode: Start = async (options) => {
  const { url, emulator, close } = await startServer({ ...options, port: 0 });
  return { serverURL: `${url}/parse`, emulator, close };
};

const throughMsw: Start = async (options) => {
  const serverURL = 'https://api.example.com/parse';
  const emulator = createEmulator({ ...options, serverURL });
  const server = setupServer(...createHandlers(emulator));
  server.listen({ onUnhandledRequest: 'error' });
  const close = async (): Promise<void> => {
    server.close();
    await emulator.close();
  };
  return { serverURL, emulator, close };
};

/** Every way that the SDK's tests are run. */
export const SDK_HOSTS: readonly (readonly [name: string, start: Start])[] = [
  ['with nothing in between', nothingBetween],
  ['through the Node server', throughNode],
  ['through MSW', throughMsw],
];
