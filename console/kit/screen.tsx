import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

type ScreenProps = {
  readonly title: string;
  /** What stands beside the title. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Whether what is in it takes all the room and scrolls by itself. @default false */
  readonly isFull?: boolean;
};

/** A screen: its title, what can be done, and what it shows. */
export const Screen = ({ title, note, actions, children, isFull = false }: ScreenProps): ReactNode => (
  <section className={classNames('pue-screen', isFull && 'pue-screen-full')} aria-label={title}>
    <header className="pue-screen-head">
      <h1 className="pue-screen-title">{title}</h1>
      {note && <span className="pue-screen-note">{note}</span>}
      <div className="pue-screen-actions">{actions}</div>
    </header>
    <div className="pue-screen-body">{children}</div>
  </section>
);

/** A part of a screen, with a title of its own. */
export const Panel = (given: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode => (
  <section className="pue-panel" aria-label={given.title}>
    <header className="pue-panel-head">
      <h2 className="pue-panel-title">{given.title}</h2>
      {given.actions}
    </header>
    {given.children}
  </section>
);
