import { type ReactNode, useMemo, useRef, useState } from 'react';
import { UNSAFE_PortalProvider } from 'react-aria/PortalProvider';
import { ConfirmProvider } from '../kit/confirm.tsx';
import { ToastProvider } from '../kit/toasts.tsx';
import { classNames } from '../lib/class-names.ts';
import { ApplicationContext } from './application.ts';
import { EventsProvider } from './events.tsx';
import { type ConsoleHost, HostContext } from './host.ts';
import { type Router, RouterContext } from './route.ts';
import { Shell } from './shell.tsx';
import { ThemeContext, useTheme } from './use-theme.ts';

type ConsoleProps = {
  readonly host: ConsoleHost;
  readonly router: Router;
  readonly onClose?: (() => void) | undefined;
};

/** The console of an emulator. Dialogs and menus stay inside of it, where its style reaches them. */
export const Console = ({ host, router, onClose }: ConsoleProps): ReactNode => {
  const { theme, toggle } = useTheme();
  const overlays = useRef<HTMLDivElement>(null);
  const [appId, choose] = useState<string>();
  const application = useMemo(() => ({ appId, choose }), [appId]);
  const shown = useMemo(
    () => (appId === undefined ? host : { ...host, connection: host.connection.app(appId) }),
    [host, appId],
  );
  return (
    <div className={classNames('pue', `pue-${host.kind}`)} data-theme={theme}>
      <UNSAFE_PortalProvider getContainer={() => overlays.current}>
        <ThemeContext value={theme}>
          <HostContext value={shown}>
            <RouterContext value={router}>
              <ToastProvider>
                <ConfirmProvider>
                  <ApplicationContext value={application}>
                    <EventsProvider key={appId}>
                      <Shell theme={theme} onTheme={toggle} onClose={onClose} />
                    </EventsProvider>
                  </ApplicationContext>
                </ConfirmProvider>
              </ToastProvider>
            </RouterContext>
          </HostContext>
        </ThemeContext>
      </UNSAFE_PortalProvider>
      <div ref={overlays} className="pue-overlays" />
    </div>
  );
};
