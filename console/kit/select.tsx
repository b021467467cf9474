import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { classNames } from '../lib/class-names.ts';
import { Icon } from './icon.tsx';

/** One thing that can be chosen. */
export type Choice<Value extends string> = { readonly value: Value; readonly label: string };

type SelectProps<Value extends string> = {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Whether the label is only told, not shown. @default false */
  readonly isLabelHidden?: boolean;
  readonly className?: string;
};

/** Chooses one of a few. */
export const Select = <Value extends string>(given: SelectProps<Value>): ReactNode => {
  const { label, choices, value, onChange, isLabelHidden = false, className } = given;
  const choose = (key: unknown): void => {
    const chosen = choices.find((one) => one.value === key);
    if (chosen) onChange(chosen.value);
  };
  return (
    <AriaSelect
      className={classNames('pue-field', className)}
      selectedKey={value}
      onSelectionChange={choose}
      {...(isLabelHidden && { 'aria-label': label })}
    >
      {!isLabelHidden && <Label className="pue-label">{label}</Label>}
      <Button className="pue-input pue-select">
        <SelectValue className="pue-select-value" />
        <Icon name="down" size={14} />
      </Button>
      <Popover className="pue-popover">
        <ListBox className="pue-list" items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className="pue-list-item">
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
};
