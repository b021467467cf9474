import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { classNames } from '../lib/class-names.ts';
import { Button } from './button.tsx';

type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** `alertdialog` for a question that must be answered. @default 'dialog' */
  readonly role?: 'dialog' | 'alertdialog';
  readonly isWide?: boolean;
};

/** A dialog above all else, as long as it is rendered. Escape closes it. */
export const Dialog = ({ title, onClose, children, role = 'dialog', isWide = false }: DialogProps): ReactNode => (
  <ModalOverlay className="pue-overlay" isOpen isDismissable onOpenChange={(isOpen) => isOpen || onClose()}>
    <Modal className={classNames('pue-modal', isWide && 'pue-modal-wide')}>
      <AriaDialog className="pue-dialog" role={role}>
        <header className="pue-dialog-head">
          <Heading slot="title" level={2} className="pue-dialog-title">
            {title}
          </Heading>
          <Button look="quiet" icon="close" aria-label="Close" onPress={onClose} />
        </header>
        {children}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
);

/** The part of a dialog that scrolls. */
export const DialogBody = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <div className="pue-dialog-body">{children}</div>
);

/** The buttons at the end of a dialog. */
export const DialogFoot = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <footer className="pue-dialog-foot">{children}</footer>
);
