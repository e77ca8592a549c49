import { rawAddress, useQuarantined } from '../api/quarantine';
import { Dialog } from '../components/dialog';
import { Failure } from '../components/failure';
import { Skeleton } from '../components/skeleton';
import { usePreferences } from '../preferences';
import { bytes } from '../text/bytes';
import { printExactTime } from '../time/print-time';
import styles from './health.module.css';
import { bytesOf, readableOf } from './raw-text';
import { RawRecord } from './raw-record';

/** One record in quarantine: why it is there, and what it says. */
export function QuarantinedDialog({
  id,
  onClose,
}: {
  id: string;
  onClose: () => void;
}) {
  const { zone } = usePreferences();
  const { data: record, error, refetch } = useQuarantined(id);
  return (
    <Dialog title="Record in quarantine" isOpen onClose={onClose}>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!record && !error && <Skeleton lines={6} />}
      {record && (
        <>
          <dl className={styles.facts}>
            <div>
              <dt>Came</dt>
              <dd>{printExactTime(record.recorded_at, zone)}</dd>
            </div>
            <div>
              <dt>Reason</dt>
              <dd>{record.reason}</dd>
            </div>
            <div>
              <dt>What was wrong</dt>
              <dd>{record.detail}</dd>
            </div>
            <div>
              <dt>Bytes</dt>
              <dd>
                {bytes(record.size)}, {record.encoding}
              </dd>
            </div>
          </dl>
          <RawRecord pieces={readableOf(bytesOf(record.raw))} />
          <p>
            <a className={styles.download} href={rawAddress(id)} download>
              Download the bytes
            </a>
            : a request of their own, to be sent to the receiver again when what
            was wrong is right.
          </p>
        </>
      )}
    </Dialog>
  );
}
