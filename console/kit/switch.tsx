import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components/Switch';

type SwitchProps = {
  readonly children: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
  readonly label?: string;
};

/** Turns something on and off. */
export const Switch = ({ children, isOn, onChange, isDisabled = false, label }: SwitchProps): ReactNode => (
  <AriaSwitch
    className="pue-switch"
    isSelected={isOn}
    onChange={onChange}
    isDisabled={isDisabled}
    {...(label && { 'aria-label': label })}
  >
    <span className="pue-switch-track" />
    {children !== undefined && <span>{children}</span>}
  </AriaSwitch>
);
