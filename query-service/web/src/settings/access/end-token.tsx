import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteToken, revokeSecret, TOKENS_KEY } from '../../api/tokens';
import type { Token } from '../../api/tokens';
import { Callout } from '../../components/callout';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { showToast } from '../../components/toast';

/** Asks before a token loses its secret, or is deleted. */
export function EndToken({
  token,
  how,
  onClose,
}: {
  token: Token;
  how: 'revoke' | 'delete';
  onClose: () => void;
}) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      how === 'delete' ? deleteToken(token) : revokeSecret(token.id),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: TOKENS_KEY });
      showToast(
        how === 'delete'
          ? `${token.subject} is deleted`
          : `${token.subject} waits for its next secret`,
      );
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={
        how === 'delete' ? `Delete ${token.subject}?` : 'Revoke the secret?'
      }
      confirm={how === 'delete' ? 'Delete' : 'Revoke'}
      isBusy={end.isPending}
      onConfirm={() => end.mutate()}
      onClose={onClose}
    >
      <p>
        Whoever uses <code>{token.subject}</code> is refused within a second.
        {how === 'revoke' && ' The entry stays and waits for its next secret.'}
      </p>
      {end.error && <Callout tone="bad">{end.error.message}</Callout>}
    </ConfirmDialog>
  );
}
