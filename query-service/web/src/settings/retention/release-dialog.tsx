import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { releaseHold, RETENTION_KEY } from '../../api/retention';
import type { Hold } from '../../api/retention';
import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import { showToast } from '../../components/toast';
import { holdTime } from './hold-words';

/** Releases a legal hold, which takes a reason. */
export function ReleaseDialog({
  hold,
  onClose,
}: {
  hold: Hold;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const release = useMutation({
    mutationFn: () => releaseHold(hold.id, reason),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: RETENTION_KEY });
      showToast('The hold is released');
      onClose();
    },
  });
  return (
    <Dialog
      title="Release the hold?"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="danger"
            isDisabled={!reason.trim() || release.isPending}
            onPress={() => release.mutate()}
          >
            Release
          </Button>
        </>
      }
    >
      <p>
        It keeps {holdTime(hold)}: {hold.reason}. Without it these events go
        when the retention says so, which may be in a day.
      </p>
      <TextField
        label="Why it is released"
        value={reason}
        onChange={setReason}
      />
      {release.error && <Callout tone="bad">{release.error.message}</Callout>}
    </Dialog>
  );
}
