import { useStats } from '../api/health';
import { usePartitions } from '../api/retention';
import { Card } from '../components/card';
import { Failure } from '../components/failure';
import { Skeleton } from '../components/skeleton';
import layout from '../components/stack.module.css';
import { Months } from '../settings/retention/months';
import { Figures } from './figures';

/** How old is what is stored, and how much room it takes. */
export function StorageTab() {
  const stats = useStats();
  const partitions = usePartitions();
  const error = stats.error ?? partitions.error;
  if (error)
    return (
      <Failure
        error={error}
        onRetry={() => {
          void stats.refetch();
          void partitions.refetch();
        }}
      />
    );
  if (!stats.data) return <Skeleton lines={6} />;
  return (
    <div className={layout.stack}>
      <Card title="Now">
        <Figures stats={stats.data} />
      </Card>
      {partitions.data && <Months partitions={partitions.data.partitions} />}
    </div>
  );
}
