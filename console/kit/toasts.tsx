import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Text } from 'react-aria-components/Text';
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast';
import { classNames } from '../lib/class-names.ts';
import { messageOf } from '../lib/messages.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** A word about what has happened. */
export type Word = {
  readonly text: string;
  readonly isError?: boolean;
  /** How to take it back. */
  readonly undo?: (() => Promise<void>) | undefined;
};

/** Tells what has happened. */
export interface Tell {
  /** Says that something is done, and offers to take it back. */
  done(text: string, undo?: () => Promise<void>): void;
  /** Says what is wrong. */
  failed(error: unknown): void;
  /** Does something, says what is wrong if it fails, and what was done if it does not. Resolves with whether it was done. */
  attempt(work: () => Promise<unknown>, done?: string, undo?: () => Promise<void>): Promise<boolean>;
}

const TellContext = createContext<Tell | undefined>(undefined);

/** Tells what has happened. */
export const useTell = (): Tell => {
  const tell = use(TellContext);
  if (!tell) throw new Error('Failed to tell anything: this part stands outside of a console');
  return tell;
};

const SHOWN = 8000;

const createTell = (queue: ToastQueue<Word>): Tell => {
  const tell: Tell = {
    done: (text, undo) => void queue.add({ text, undo }, { timeout: SHOWN }),
    failed: (error) => void queue.add({ text: messageOf(error), isError: true }),
    async attempt(work, done, undo) {
      try {
        await work();
        if (done !== undefined) tell.done(done, undo);
        return true;
      } catch (error) {
        tell.failed(error);
        return false;
      }
    },
  };
  return tell;
};

/** Shows the words of what is inside, in a corner. */
export const ToastProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const [queue] = useState(() => new ToastQueue<Word>({ maxVisibleToasts: 3 }));
  const tell = useMemo(() => createTell(queue), [queue]);
  return (
    <TellContext value={tell}>
      {children}
      <ToastRegion queue={queue} className="pue-toasts" aria-label="What has happened">
        {({ toast }) => (
          <Toast toast={toast} className={classNames('pue-toast', toast.content.isError && 'pue-toast-error')}>
            <ToastContent className="pue-toast-content">
              <Icon name={toast.content.isError ? 'alert' : 'check'} size={16} />
              <Text slot="title">{toast.content.text}</Text>
            </ToastContent>
            {toast.content.undo && (
              <Button
                look="quiet"
                onPress={() => {
                  queue.close(toast.key);
                  void tell.attempt(async () => toast.content.undo?.(), 'Undone.');
                }}
              >
                Undo
              </Button>
            )}
            <AriaButton slot="close" aria-label="Close" className="pue-button pue-button-quiet pue-button-icon">
              <Icon name="close" size={14} />
            </AriaButton>
          </Toast>
        )}
      </ToastRegion>
    </TellContext>
  );
};
