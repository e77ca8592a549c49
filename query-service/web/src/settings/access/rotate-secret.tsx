import { useMutation, useQueryClient } from '@tanstack/react-query';
import { rotateSecret, TOKENS_KEY } from '../../api/tokens';
import type { Token } from '../../api/tokens';
import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { CodeBlock } from '../../components/code-block';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { Dialog } from '../../components/dialog';

/** Gives a token a secret that the service makes, and shows it this once. */
export function RotateSecret({
  token,
  onClose,
}: {
  token: Token;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => rotateSecret(token.id),
    onSuccess: () => client.invalidateQueries({ queryKey: TOKENS_KEY }),
  });
  if (rotate.data !== undefined)
    return (
      <Dialog
        title={`New secret of ${token.subject}`}
        isOpen
        onClose={onClose}
        actions={
          <Button look="primary" onPress={onClose}>
            I have it
          </Button>
        }
      >
        <Callout tone="warning">
          Shown this once: only its hash is kept.
        </Callout>
        <CodeBlock text={rotate.data} label="The new secret" />
      </Dialog>
    );
  return (
    <ConfirmDialog
      title={`Rotate the secret of ${token.subject}?`}
      confirm="Rotate"
      isBusy={rotate.isPending}
      onConfirm={() => rotate.mutate()}
      onClose={onClose}
    >
      <p>
        The service makes a new secret and shows it once. The one there is now
        is refused within a second.
      </p>
      {rotate.error && <Callout tone="bad">{rotate.error.message}</Callout>}
    </ConfirmDialog>
  );
}
