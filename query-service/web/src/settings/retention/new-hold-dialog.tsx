import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createHold, RETENTION_KEY } from '../../api/retention';
import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { DateField } from '../../components/date-field';
import { Dialog } from '../../components/dialog';
import layout from '../../components/stack.module.css';
import { TextField } from '../../components/text-field';
import { showToast } from '../../components/toast';

/** Makes a legal hold. */
export function NewHoldDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [firstDay, setFirstDay] = useState('');
  const [lastDay, setLastDay] = useState('');
  const make = useMutation({
    mutationFn: () =>
      createHold({
        reason,
        start_time: firstDay ? `${firstDay}T00:00:00Z` : null,
        end_time: lastDay ? `${lastDay}T23:59:59.999Z` : null,
      }),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: RETENTION_KEY });
      showToast('The hold is in force');
      onClose();
    },
  });
  return (
    <Dialog
      title="New legal hold"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={!reason.trim() || make.isPending}
            onPress={() => make.mutate()}
          >
            Make the hold
          </Button>
        </>
      }
    >
      <TextField
        label="Reason"
        description="Stays in the list, also when the hold is released"
        value={reason}
        onChange={setReason}
      />
      <div className={layout.fields}>
        <DateField
          label="First day (UTC)"
          description="Empty: from the first event on"
          value={firstDay}
          onChange={setFirstDay}
        />
        <DateField
          label="Last day (UTC)"
          description="Empty: all events to come, too"
          value={lastDay}
          onChange={setLastDay}
        />
      </div>
      {make.error && <Callout tone="bad">{make.error.message}</Callout>}
    </Dialog>
  );
}
