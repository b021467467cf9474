import { type Context, createContext, use } from 'react';
import type { Connection } from '../../src/client/index.ts';

/** Where the console stands, and how it reaches its emulator. */
export type ConsoleHost = {
  /** The emulator, by its control routes. */
  readonly connection: Connection;
  /** Asks the emulator as a client does; a path alone is one of the emulator's. */
  readonly fetch: (input: string, init?: RequestInit) => Promise<Response>;
  /** `page`: the console is the page. `drawer`: it stands in a page of an application. */
  readonly kind: 'page' | 'drawer';
  /** Logs the application in whose page it stands: puts the session where the application finds it. */
  readonly logInHere?: ((username: string) => Promise<void>) | undefined;
};

/** The host of the console around. */
export const HostContext: Context<ConsoleHost | undefined> = createContext<ConsoleHost | undefined>(undefined);

/** The host of the console around. */
export const useHost = (): ConsoleHost => {
  const host = use(HostContext);
  if (!host) throw new Error('Failed to find the emulator: this part stands outside of a console');
  return host;
};

/** The emulator, by its control routes. */
export const useConnection = (): Connection => useHost().connection;
