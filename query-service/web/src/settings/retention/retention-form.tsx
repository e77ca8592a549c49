import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { putRetention, RETENTION_KEY } from '../../api/retention';
import type { Retention } from '../../api/retention';
import { useMay } from '../../api/session';
import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { Card } from '../../components/card';
import { Checkbox } from '../../components/checkbox';
import layout from '../../components/stack.module.css';
import { TextField } from '../../components/text-field';
import { showToast } from '../../components/toast';
import { TimeAgo } from '../../time/time-ago';
import { daysOf } from './retention-days';

/** A year and a month: what auditors usually ask for, with room to spare. */
const SUGGESTED_DAYS = 400;

/** How long events are kept. */
export function RetentionForm({ retention }: { retention: Retention }) {
  const client = useQueryClient();
  const mayWrite = useMay('audit.settings.write');
  const [isForEver, setForEver] = useState(retention.days === null);
  const [text, setText] = useState(String(retention.days ?? SUGGESTED_DAYS));
  const [withoutArchive, setWithoutArchive] = useState(
    retention.drop_without_archive,
  );
  const days = daysOf(text);
  const wanted = isForEver
    ? null
    : days.status === 'valid'
      ? days.days
      : undefined;
  const isChanged =
    wanted !== retention.days ||
    withoutArchive !== retention.drop_without_archive;
  const isShorter =
    typeof wanted === 'number' &&
    (retention.days === null || wanted < retention.days);
  const save = useMutation({
    mutationFn: (kept: number | null) =>
      putRetention(
        { days: kept, drop_without_archive: withoutArchive },
        retention.version,
      ),
    async onSuccess() {
      await client.invalidateQueries({ queryKey: RETENTION_KEY });
      showToast('Saved how long events are kept');
    },
  });
  return (
    <Card
      title="How long events are kept"
      lead={
        retention.changed_by === 'default' ? (
          'For ever, as from the start.'
        ) : (
          <>
            Last changed <TimeAgo time={retention.changed_at} /> by{' '}
            <code>{retention.changed_by}</code>.
          </>
        )
      }
    >
      <Checkbox
        label="For ever"
        isSelected={isForEver}
        isDisabled={!mayWrite}
        onChange={setForEver}
      />
      {!isForEver && (
        <div className={layout.fields}>
          <TextField
            label="Days after the end of their month"
            description="Whole months are dropped by the receivers, not single events"
            error={days.status === 'invalid' ? days.reason : undefined}
            isDisabled={!mayWrite}
            inputMode="numeric"
            value={text}
            onChange={setText}
          />
        </div>
      )}
      <Checkbox
        label="Also drop months that no archive has"
        description="Otherwise a month stays unless a receiver has a folder for archives (AUDIT_ARCHIVE_DIR)"
        isSelected={withoutArchive}
        isDisabled={!mayWrite}
        onChange={setWithoutArchive}
      />
      {isShorter && isChanged && (
        <Callout tone="warning">
          Months older than that are dropped soon after you save, unless a legal
          hold keeps them. That cannot be taken back.
        </Callout>
      )}
      {save.error && <Callout tone="bad">{save.error.message}</Callout>}
      {mayWrite && (
        <div className={layout.row}>
          <Button
            look="primary"
            isDisabled={!isChanged || wanted === undefined || save.isPending}
            onPress={() => save.mutate(wanted ?? null)}
          >
            Save
          </Button>
        </div>
      )}
    </Card>
  );
}
