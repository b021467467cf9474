import { setupWorker } from 'msw/browser';
import type ParseSdk from 'parse/node';
import { createEmulator } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';
import { createSdk, type Sdk } from './sdk-example.ts';
import { FUNCTIONS_OPTION, OPTIONS, SDK_EXAMPLES } from './sdk-examples.ts';

/** What the test gives the page before its scripts run, when there is a server. */
type Server = { readonly serverURL: string; readonly outbox: Sdk['outbox']; readonly reset: () => Promise<void> };

declare global {
  interface Window {
    readonly Parse: typeof ParseSdk;
    readonly server?: Server;
    runExample: (part: string, title: string) => Promise<void>;
  }
}

/** A page without a server: its service worker answers for `api.example.com`. */
const startWorker = async (): Promise<Server> => {
  const serverURL = 'https://api.example.com/parse';
  const emulator = createEmulator({ ...OPTIONS, serverURL, functions: FUNCTIONS_OPTION });
  await setupWorker(...createHandlers(emulator)).start({ onUnhandledRequest: 'bypass', quiet: true });
  // the SDK has taken hold of the platform's sockets when it was loaded, before MSW put itself in their place
  window.Parse.CoreManager.setWebSocketController(WebSocket as never);
  return { serverURL, outbox: async () => emulator.outbox, reset: emulator.reset };
};

const { Parse } = window;
const { serverURL, outbox, reset } = window.server ?? (await startWorker());
const sdk = createSdk(Parse, serverURL, outbox);

window.runExample = async (part, title) => {
  try {
    await SDK_EXAMPLES[part]?.[title]?.(sdk);
  } finally {
    await Parse.User.logOut().catch(() => undefined);
    await reset();
  }
};
document.title = 'ready';
