import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button';
import { classes } from './classes';
import styles from './dialog.module.css';

export interface DialogProps {
  title: string;
  /** `wide` for what has two columns of text. */
  size?: 'usual' | 'wide' | undefined;
  isOpen: boolean;
  onClose: () => void;
  /** Buttons at the end. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A window over the page, which is closed by Escape, its cross, or a click beside it. */
export function Dialog({
  title,
  size = 'usual',
  isOpen,
  onClose,
  actions,
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      className={styles.overlay!}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className={classes(styles.modal, size === 'wide' && styles.wide)}>
        <AriaDialog className={styles.dialog!}>
          <header className={styles.head}>
            <Heading slot="title">{title}</Heading>
            <Button look="quiet" isIcon aria-label="Close" onPress={onClose}>
              <X size={16} aria-hidden />
            </Button>
          </header>
          <div className={styles.body}>{children}</div>
          {actions && <footer className={styles.actions}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
