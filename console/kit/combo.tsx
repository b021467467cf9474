import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Icon } from './icon.tsx';
import type { Choice } from './select.tsx';

type ComboProps = {
  readonly label: string;
  readonly choices: readonly Choice<string>[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isLabelHidden?: boolean;
};

/** Chooses one of many, by typing a part of its name. */
export const Combo = ({ label, choices, value, onChange, isLabelHidden = false }: ComboProps): ReactNode => (
  <AriaComboBox
    className="pue-field pue-combo"
    defaultItems={choices}
    selectedKey={value}
    onSelectionChange={(key) => key !== null && onChange(String(key))}
    menuTrigger="focus"
    {...(isLabelHidden && { 'aria-label': label })}
  >
    {!isLabelHidden && <Label className="pue-label">{label}</Label>}
    <div className="pue-combo-box">
      <Input className="pue-input" />
      <Button className="pue-combo-button">
        <Icon name="down" size={14} />
      </Button>
    </div>
    <Popover className="pue-popover">
      <ListBox className="pue-list">
        {(choice: Choice<string>) => (
          <ListBoxItem id={choice.value} textValue={choice.label} className="pue-list-item">
            {choice.label}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  </AriaComboBox>
);
