import type { ReactNode } from 'react';
import type { About } from '../../src/client/index.ts';
import { Badge } from '../kit/badge.tsx';
import { Button } from '../kit/button.tsx';
import { formatMoment } from '../lib/format.ts';
import { useIsConnected } from './events.tsx';
import { useClock } from './use-clock.ts';
import type { Theme } from './use-theme.ts';

type TopBarProps = {
  readonly about: About | undefined;
  readonly theme: Theme;
  readonly onTheme: () => void;
  readonly onClose: (() => void) | undefined;
};

const Clock = (): ReactNode => {
  const { now, isStopped } = useClock();
  if (now === undefined) return null;
  return (
    <span className="pue-top-clock" title="The emulator's time, in UTC">
      <time dateTime={new Date(now).toISOString()}>{formatMoment(now)}</time>
      {isStopped && <Badge tone="warn">stands still</Badge>}
    </span>
  );
};

/** Whose console this is, the emulator's time, and what is about the console itself. */
export const TopBar = ({ about, theme, onTheme, onClose }: TopBarProps): ReactNode => {
  const isConnected = useIsConnected();
  return (
    <header className="pue-top">
      <span className="pue-mark" aria-hidden="true" />
      <strong className="pue-top-name">{about?.appName ?? 'parse-users-emulator'}</strong>
      {about && about.appId !== about.appName && <code className="pue-top-id">{about.appId}</code>}
      {!isConnected && <Badge tone="bad">not connected</Badge>}
      <span className="pue-top-space" />
      <Clock />
      <Button
        look="quiet"
        icon={theme === 'dark' ? 'sun' : 'moon'}
        aria-label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
        onPress={onTheme}
      />
      {onClose && <Button look="quiet" icon="close" aria-label="Close the console" onPress={onClose} />}
    </header>
  );
};
