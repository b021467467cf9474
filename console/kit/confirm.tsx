import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogBody, DialogFoot } from './dialog.tsx';

/** A question before something is taken away. */
export type Question = {
  readonly title: string;
  readonly text: ReactNode;
  /** What the button says that does it. */
  readonly action: string;
};

/** Asks, and resolves with whether to go on. */
export type Ask = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(async () => false);

type Asked = Question & { readonly answer: (isSure: boolean) => void };

/** Asks before something is taken away. */
export const useConfirm = (): Ask => use(ConfirmContext);

/** Shows the questions of what is inside. */
export const ConfirmProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const [asked, setAsked] = useState<Asked>();
  const ask = useCallback<Ask>(
    (question) =>
      new Promise((resolve) => {
        setAsked({
          ...question,
          answer: (isSure) => {
            setAsked(undefined);
            resolve(isSure);
          },
        });
      }),
    [],
  );
  return (
    <ConfirmContext value={ask}>
      {children}
      {asked && (
        <Dialog title={asked.title} role="alertdialog" onClose={() => asked.answer(false)}>
          <DialogBody>{asked.text}</DialogBody>
          <DialogFoot>
            <Button onPress={() => asked.answer(false)} autoFocus>
              Cancel
            </Button>
            <Button look="danger" onPress={() => asked.answer(true)}>
              {asked.action}
            </Button>
          </DialogFoot>
        </Dialog>
      )}
    </ConfirmContext>
  );
};
