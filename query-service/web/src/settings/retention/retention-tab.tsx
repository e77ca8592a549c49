import { usePartitions, useRetention } from '../../api/retention';
import { Failure } from '../../components/failure';
import { Skeleton } from '../../components/skeleton';
import layout from '../../components/stack.module.css';
import { Holds } from './holds';
import { Months } from './months';
import { RetentionForm } from './retention-form';
import { Tombstones } from './tombstones';

/** How long events are kept, what keeps them longer, and what is left of those that were dropped. */
export function RetentionTab() {
  const retention = useRetention();
  const partitions = usePartitions();
  // What is there stays when it cannot be fetched again: somebody may be changing it.
  const error =
    (retention.data ? null : retention.error) ??
    (partitions.data ? null : partitions.error);
  if (error)
    return (
      <Failure
        error={error}
        onRetry={() => {
          void retention.refetch();
          void partitions.refetch();
        }}
      />
    );
  if (!retention.data) return <Skeleton lines={10} />;
  return (
    <div className={layout.stack}>
      <RetentionForm key={retention.data.version} retention={retention.data} />
      <Holds />
      {partitions.data && (
        <>
          <Months partitions={partitions.data.partitions} />
          <Tombstones tombstones={partitions.data.tombstones} />
        </>
      )}
    </div>
  );
}
