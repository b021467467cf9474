import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { classNames } from '../lib/class-names.ts';
import { Icon, type IconName } from './icon.tsx';

/** A button. */
export type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'style'> & {
  /** `primary`: what one came for. `danger`: takes something away. @default 'plain' */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly children?: ReactNode;
  readonly className?: string;
};

/** A button with text, an icon or both. One with an icon alone needs `aria-label`. */
export const Button = ({ look = 'plain', icon, children, className, ...props }: ButtonProps): ReactNode => {
  const shape = children === undefined && 'pue-button-icon';
  return (
    <AriaButton {...props} className={classNames('pue-button', `pue-button-${look}`, shape, className)}>
      {icon && <Icon name={icon} size={16} />}
      {children !== undefined && <span className="pue-button-text">{children}</span>}
    </AriaButton>
  );
};
