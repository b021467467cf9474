import type { Connection } from '../src/client/index.ts';
import type { Emulator } from '../src/emulator.ts';

/** A session that the console has opened for the page that it stands in. */
export type PageSession = {
  /** The name of the user. */
  readonly username: string;
  /** The token: `r:…`. */
  readonly sessionToken: string;
};

/** Where the console stands in a page, and what it may do there. */
export type MountSettings = {
  /** What the button is put into. @default `document.body`, in a corner of the window */
  readonly element?: HTMLElement | undefined;
  /**
   * Logs the application in, when somebody chooses “Log this page in”. Not given: the session is put where Parse's SDK keeps it, and told
   * by the event `parse-users-emulator:login` of the window.
   */
  readonly onLogIn?: ((session: PageSession) => void | Promise<void>) | undefined;
};

/** A console in a page. */
export interface MountedConsole {
  /** Opens it, as the button does. Resolves when it is there. */
  open(): Promise<void>;
  /** Closes it; what was shown is shown again when it opens. */
  close(): void;
  /** Takes the button and the console away. */
  unmount(): void;
}

const LABEL = 'Open the console of the emulator';

const CORNER = 'position:fixed;right:16px;bottom:16px;z-index:2147483000;';
const LOOK =
  'width:40px;height:40px;padding:0;border:2px solid #fff;border-radius:50%;background:#0b6e62;color:#fff;cursor:pointer;' +
  'font:600 18px/1 system-ui,sans-serif;box-shadow:0 2px 10px rgb(0 0 0 / 30%)';

const createButton = (isInCorner: boolean): HTMLButtonElement => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '◉';
  button.setAttribute('aria-label', LABEL);
  button.setAttribute('aria-expanded', 'false');
  button.title = LABEL;
  button.style.cssText = `${isInCorner ? CORNER : ''}${LOOK}`;
  return button;
};

/**
 * Puts the console of an emulator into a page, as a drawer behind a small button: for demos and stories that run on MSW with no server. The
 * console itself is loaded when it is opened first.
 * @param emulator an emulator of this page, or the connection to one elsewhere
 * @example
 * const emulator = createEmulator({ seed });
 * await setupWorker(...createHandlers(emulator)).start();
 * mountConsole(emulator);
 */
export const mountConsole = (emulator: Emulator | Connection, settings: MountSettings = {}): MountedConsole => {
  const { element, onLogIn } = settings;
  const button = createButton(element === undefined);
  const place = document.createElement('div');
  let drawer: { show(isOpen: boolean): void; unmount(): void } | undefined;
  let isOver = false;
  const show = (isOpen: boolean): void => {
    drawer?.show(isOpen);
    button.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) button.focus();
  };
  const open = async (): Promise<void> => {
    const { createDrawer } = await import('./drawer.tsx');
    if (isOver) return;
    drawer ??= createDrawer(place, emulator, { onLogIn, onClose: () => show(false) });
    show(true);
  };
  button.addEventListener('click', () => void open());
  (element ?? document.body).append(button);
  document.body.append(place);
  return {
    open,
    close: () => show(false),
    unmount() {
      isOver = true;
      drawer?.unmount();
      button.remove();
      place.remove();
    },
  };
};
