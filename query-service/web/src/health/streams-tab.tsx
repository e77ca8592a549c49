import { Waves } from 'lucide-react';
import { useState } from 'react';
import { streamStates, useStreams } from '../api/health';
import type { StreamState } from '../api/health';
import { Button } from '../components/button';
import { Card } from '../components/card';
import { EmptyState } from '../components/empty-state';
import { Failure } from '../components/failure';
import { Select } from '../components/select';
import { Skeleton } from '../components/skeleton';
import { StreamDialog } from './stream-dialog';
import { streamWords } from './stream-words';
import { StreamsTable } from './streams-table';

const OPTIONS = [
  ['all', 'any state'],
  ...streamStates.map((state) => [state, streamWords[state].label] as const),
] as const;

/** Whether all came of each start of an emitting process. */
export function StreamsTab() {
  const [state, setState] = useState<StreamState | 'all'>('all');
  const [open, setOpen] = useState<string>();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } =
    useStreams(state);
  const streams = data?.pages.flatMap((page) => page.data);
  return (
    <Card
      title="Streams"
      lead="Each start of an emitting process is a stream and numbers its records from 0 without a gap: what came says what did not. Up to a minute or two old."
      actions={
        <Select
          label="In"
          options={OPTIONS}
          value={state}
          onChange={setState}
        />
      }
    >
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!streams && !error && <Skeleton lines={5} />}
      {streams?.length === 0 && (
        <EmptyState
          icon={<Waves />}
          title={
            state === 'all'
              ? 'No emitter numbers its records yet'
              : `No stream is ${streamWords[state].label}`
          }
        >
          {state === 'all' && (
            <p>
              Applications that write by <code>auditor-otel</code> do. Records
              of other senders are stored too, but whether all came, only
              numbers tell.
            </p>
          )}
        </EmptyState>
      )}
      {streams && streams.length > 0 && (
        <StreamsTable streams={streams} onOpen={setOpen} />
      )}
      {hasNextPage && (
        <Button isDisabled={isFetching} onPress={() => void fetchNextPage()}>
          More streams
        </Button>
      )}
      {open !== undefined && (
        <StreamDialog
          id={open}
          onOpen={setOpen}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Card>
  );
}
