import type { ReactNode } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  title,
  confirm,
  isBusy = false,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** What the button says that does it. */
  confirm: string;
  isBusy?: boolean | undefined;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="danger" isDisabled={isBusy} onPress={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
