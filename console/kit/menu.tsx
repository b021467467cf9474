import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { classNames } from '../lib/class-names.ts';
import { Button, type ButtonProps } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

/** One entry of a menu. */
export type MenuEntry = {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
};

type MenuProps = {
  /** What the button says; told only when it has an icon alone. */
  readonly label: string;
  readonly icon?: IconName;
  readonly isIconOnly?: boolean;
  readonly look?: NonNullable<ButtonProps['look']>;
  readonly entries: readonly MenuEntry[];
};

/** A button that opens a menu. */
export const Menu = ({ label, icon, isIconOnly = false, look = 'plain', entries }: MenuProps): ReactNode => (
  <MenuTrigger>
    {isIconOnly ? (
      <Button look={look} icon={icon ?? 'more'} aria-label={label} />
    ) : (
      <Button look={look} {...(icon && { icon })}>
        {label}
      </Button>
    )}
    <Popover className="pue-popover" placement="bottom end">
      <AriaMenu className="pue-list" items={entries}>
        {(entry) => (
          <MenuItem
            id={entry.id}
            textValue={entry.label}
            className={classNames('pue-list-item', entry.isDanger && 'pue-list-danger')}
            onAction={entry.onAction}
            isDisabled={entry.isDisabled === true}
          >
            {entry.icon && <Icon name={entry.icon} size={16} />}
            {entry.label}
          </MenuItem>
        )}
      </AriaMenu>
    </Popover>
  </MenuTrigger>
);
