import { type ReactNode, Suspense } from 'react';
import { Waiting } from '../kit/notes.tsx';
import { useLoad } from '../lib/use-load.ts';
import { Boundary } from './boundary.tsx';
import { useConnection } from './host.ts';
import { Navigation } from './navigation.tsx';
import { useRoute } from './route.ts';
import { SCREENS } from './screens.ts';
import { TopBar } from './top-bar.tsx';
import type { Theme } from './use-theme.ts';

type ShellProps = { readonly theme: Theme; readonly onTheme: () => void; readonly onClose: (() => void) | undefined };

/** The frame of the console, and the screen that was chosen. */
export const Shell = (props: ShellProps): ReactNode => {
  const connection = useConnection();
  const { value: about } = useLoad('about', () => connection.about());
  const { screen: named } = useRoute();
  const screen = SCREENS.find(({ name }) => name === named) ?? SCREENS[0];
  if (!screen) return null;
  const Chosen = screen.component;
  return (
    <div className="pue-shell">
      <TopBar {...props} about={about} />
      <Navigation />
      <main className="pue-main">
        <Boundary key={screen.name}>
          <Suspense fallback={<Waiting />}>
            <Chosen />
          </Suspense>
        </Boundary>
      </main>
    </div>
  );
};
