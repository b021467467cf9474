import { type ReactNode, useRef } from 'react';
import { UNSAFE_PortalProvider } from 'react-aria/PortalProvider';
import { ConfirmProvider } from '../kit/confirm.tsx';
import { ToastProvider } from '../kit/toasts.tsx';
import { classNames } from '../lib/class-names.ts';
import { EventsProvider } from './events.tsx';
import { type ConsoleHost, HostContext } from './host.ts';
import { type Router, RouterContext } from './route.ts';
import { Shell } from './shell.tsx';
import { useTheme } from './use-theme.ts';

type ConsoleProps = {
  readonly host: ConsoleHost;
  readonly router: Router;
  readonly onClose?: (() => void) | undefined;
};

/** The console of an emulator. Dialogs and menus stay inside of it, where its style reaches them. */
export const Console = ({ host, router, onClose }: ConsoleProps): ReactNode => {
  const { theme, toggle } = useTheme();
  const overlays = useRef<HTMLDivElement>(null);
  return (
    <div className={classNames('pue', `pue-${host.kind}`)} data-theme={theme}>
      <UNSAFE_PortalProvider getContainer={() => overlays.current}>
        <HostContext value={host}>
          <RouterContext value={router}>
            <ToastProvider>
              <ConfirmProvider>
                <EventsProvider>
                  <Shell theme={theme} onTheme={toggle} onClose={onClose} />
                </EventsProvider>
              </ConfirmProvider>
            </ToastProvider>
          </RouterContext>
        </HostContext>
      </UNSAFE_PortalProvider>
      <div ref={overlays} className="pue-overlays" />
    </div>
  );
};
