import type { ReactNode } from 'react';
import { Form as AriaForm } from 'react-aria-components/Form';

type FormProps = {
  /** What Enter and the button of type `submit` do. */
  readonly onSubmit: () => Promise<unknown>;
  readonly children: ReactNode;
  /** Whether its parts stand beside one another. @default false */
  readonly isInline?: boolean;
};

/** A form that is sent by the page itself, and never by the browser. */
export const Form = ({ onSubmit, children, isInline = false }: FormProps): ReactNode => (
  <AriaForm
    className={isInline ? 'pue-inline-form' : 'pue-form'}
    onSubmit={(event) => {
      event.preventDefault();
      void onSubmit();
    }}
  >
    {children}
  </AriaForm>
);
