import { TriangleAlert } from 'lucide-react';
import { Button } from './button';
import { EmptyState } from './empty-state';

/** What stands where something could not be fetched: the API's sentence, and a way to try again. */
export function Failure({
  error,
  onRetry,
  retryLabel = 'Try again',
}: {
  error: Error;
  onRetry?: (() => void) | undefined;
  retryLabel?: string | undefined;
}) {
  return (
    <div role="alert">
      <EmptyState icon={<TriangleAlert />} title="This could not be shown">
        <p>{error.message}</p>
        {onRetry && <Button onPress={onRetry}>{retryLabel}</Button>}
      </EmptyState>
    </div>
  );
}
