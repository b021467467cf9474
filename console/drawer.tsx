import { type ReactNode, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { type Connection, connect } from '../src/client/index.ts';
import type { Emulator } from '../src/emulator.ts';
import { Console } from './app/console.tsx';
import type { ConsoleHost } from './app/host.ts';
import { createMemoryRouter, type Router } from './app/route.ts';
import type { MountSettings } from './mount.ts';
import { addStyles } from './style/styles.ts';

type DrawerSettings = Pick<MountSettings, 'onLogIn'> & { readonly onClose: () => void };

/** The drawer of a page. */
export type Drawer = {
  /** Opens and closes it. */
  show(isOpen: boolean): void;
  /** Takes it away. */
  unmount(): void;
};

const connectTo = (emulator: Emulator | Connection): Pick<ConsoleHost, 'connection' | 'fetch'> =>
  'handle' in emulator
    ? { connection: connect('http://localhost', { fetch: emulator.fetch }), fetch: emulator.fetch }
    : { connection: emulator, fetch: (input, init) => fetch(new URL(input, emulator.url), init) };

/** Puts a session where Parse's SDK finds it, and tells the page. */
const logInPage =
  (connection: Connection, onLogIn: DrawerSettings['onLogIn']) =>
  async (username: string): Promise<void> => {
    const { origins } = await connection.storageStateFor(username, { origin: location.origin, key: 'sessionToken' });
    const entries = origins[0]?.localStorage ?? [];
    const sessionToken = entries.find(({ name }) => name === 'sessionToken')?.value ?? '';
    if (onLogIn) return onLogIn({ username, sessionToken });
    for (const { name, value } of entries) if (name !== 'sessionToken') localStorage.setItem(name, value);
    window.dispatchEvent(new CustomEvent('parse-users-emulator:login', { detail: { username, sessionToken } }));
  };

type DrawerPartProps = {
  readonly host: ConsoleHost;
  readonly router: Router;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

const DrawerPart = ({ host, router, isOpen, onClose }: DrawerPartProps): ReactNode => {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isOpen) place.current?.focus();
  }, [isOpen]);
  return (
    <section
      ref={place}
      className="pue-drawer-place"
      aria-label="The console of the emulator"
      tabIndex={-1}
      hidden={!isOpen}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <Console host={host} router={router} onClose={onClose} />
    </section>
  );
};

/** Renders the console into a place of a page. */
export const createDrawer = (
  place: HTMLElement,
  emulator: Emulator | Connection,
  { onLogIn, onClose }: DrawerSettings,
): Drawer => {
  addStyles();
  const reached = connectTo(emulator);
  const host: ConsoleHost = { ...reached, kind: 'drawer', logInHere: logInPage(reached.connection, onLogIn) };
  const router = createMemoryRouter();
  const root = createRoot(place);
  return {
    show: (isOpen) => root.render(<DrawerPart host={host} router={router} isOpen={isOpen} onClose={onClose} />),
    unmount: () => root.unmount(),
  };
};
