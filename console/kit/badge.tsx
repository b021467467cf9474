import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** How a badge looks. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

/** A word about a thing, beside its name. */
export const Badge = ({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}): ReactNode => <span className={classNames('pue-badge', `pue-badge-${tone}`)}>{children}</span>;
