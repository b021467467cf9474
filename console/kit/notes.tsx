import type { ReactNode } from 'react';
import { messageOf } from '../lib/messages.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

/** Says that there is nothing yet, and what to do first. */
export const Empty = (given: {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}): ReactNode => (
  <div className="pue-empty">
    <Icon name={given.icon} size={28} />
    <h2 className="pue-empty-title">{given.title}</h2>
    <div className="pue-empty-text">{given.children}</div>
    {given.action}
  </div>
);

/** Says what went wrong where something should be. */
export const ErrorNote = ({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
}): ReactNode => (
  <div className="pue-note pue-note-error" role="alert">
    <Icon name="alert" size={18} />
    <p>{messageOf(error)}</p>
    {onRetry && <Button onPress={onRetry}>Try again</Button>}
  </div>
);

/** A remark beside what it is about. */
export const Note = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className="pue-note">{children}</div>
);

/** Stands where something will be in a moment. */
export const Waiting = ({ label = 'Loading' }: { readonly label?: string }): ReactNode => (
  <div className="pue-waiting" role="status" aria-label={label}>
    <span />
    <span />
    <span />
  </div>
);
