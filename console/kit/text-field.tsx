import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import { classNames } from '../lib/class-names.ts';

/** A field for text. */
export type TextFieldProps = Omit<AriaTextFieldProps, 'className' | 'children' | 'style'> & {
  readonly label: string;
  readonly description?: string | undefined;
  /** What is wrong with the text. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  /** So many lines; one makes it a plain input. @default 1 */
  readonly lines?: number;
  /** Whether it holds code. @default false */
  readonly isCode?: boolean;
  readonly className?: string;
};

/** A field for text, with its label above. */
export const TextField = (given: TextFieldProps): ReactNode => {
  const { label, description, error, placeholder = '', lines = 1, isCode = false, className, ...props } = given;
  const look = classNames('pue-input', isCode && 'pue-code');
  return (
    <AriaTextField
      {...props}
      validationBehavior="aria"
      isInvalid={error !== undefined}
      className={classNames('pue-field', className)}
    >
      <Label className="pue-label">{label}</Label>
      {lines > 1 ? (
        <TextArea className={look} rows={lines} placeholder={placeholder} spellCheck={!isCode} />
      ) : (
        <Input className={look} placeholder={placeholder} spellCheck={false} autoComplete="off" />
      )}
      {description && (
        <Text slot="description" className="pue-hint">
          {description}
        </Text>
      )}
      <FieldError className="pue-field-error">{error}</FieldError>
    </AriaTextField>
  );
};
