import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { apiPath, read } from './events';
import type { Json } from './json';
import { request } from './request';
import type { Ledger, LedgerSums } from './types';

/** What became of what was received, by day and by receiver, and where that does not add up. */
export interface LedgerDetail extends Ledger {
  days: (LedgerSums & { day: string })[];
  receivers: (LedgerSums & {
    instance: string;
    version: string;
    connections: number;
    last_batch_at: string;
  })[];
  /** Writing connections of whose batches some are missing. */
  gaps: {
    instance: string;
    batches: number;
    highest_batch: number;
  }[];
  /** What is there otherwise than counted, when that was asked for. */
  differences?: LedgerDifference[] | undefined;
}

export interface LedgerDifference {
  receiver_id: number;
  receiver_seq: string;
  recorded_at: string;
  what: 'events' | 'quarantine' | 'exclusions';
  counted: number;
  found: number;
}

/** Sequence numbers, both inclusive. */
export type SequenceRange = readonly [number, number];

export const streamStates = [
  'lost',
  'incomplete',
  'silent',
  'gap-declared',
  'complete',
  'live',
] as const;
export type StreamState = (typeof streamStates)[number];

/** One start of an emitting process, and whether all came of it. */
export interface Stream {
  id: string;
  state: StreamState;
  service_name: string | null;
  service_instance_id: string | null;
  host_name: string | null;
  first_event_time: string | null;
  last_event_time: string | null;
  last_recorded_at: string | null;
  ended: boolean;
  contiguous_sequence: number | null;
  highest_sequence: number | null;
  missing_count: number;
  undeclared_count: number;
  missing_since: string | null;
  missing: SequenceRange[];
  declared_gaps: {
    id: string;
    event_time: string;
    ranges: SequenceRange[];
    reason: string | null;
    dropped: Json;
  }[];
  duplicate_count: number;
  previous_stream_id: string | null;
  next_stream_id: string | null;
}

export interface Stats {
  events: number;
  first_hour: string | null;
  last_hour: string | null;
  last_recorded_at: string | null;
  /** Milliseconds from event to commit, of the last ten minutes. */
  lag_ms: { p50: number | null; p99: number | null };
  database_bytes: number;
  counts: { rows: number; fresh: number };
  waiting_batches: number;
}

const PAGE_SIZE = '50';

export function useLedgerDetail(): UseQueryResult<LedgerDetail> {
  return useQuery({
    // Also that of the line at the end of the page, which asks for the same.
    queryKey: ['ledger'],
    queryFn: ({ signal }) => read<LedgerDetail>('ledger', [], signal),
  });
}

/** Counts what is really there, of one day (UTC). */
export async function compareLedger(day: string): Promise<LedgerDetail> {
  const path = apiPath('ledger', [
    ['start_time', `${day}T00:00:00.000Z`],
    ['end_time', `${day}T23:59:59.999Z`],
    ['compare', 'true'],
  ]);
  return (await request<LedgerDetail>(path)).body;
}

export function useStreams(state: StreamState | 'all') {
  return useInfiniteQuery({
    queryKey: ['streams', state],
    queryFn: ({ pageParam, signal }) =>
      read<{ data: Stream[]; next_cursor: string | null }>(
        'streams',
        [
          ['limit', PAGE_SIZE],
          ...(state === 'all' ? [] : [['state', state] as const]),
          ...(pageParam ? [['cursor', pageParam] as const] : []),
        ],
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
    placeholderData: keepPreviousData,
  });
}

export function useStream(id: string): UseQueryResult<Stream> {
  return useQuery({
    queryKey: ['stream', id],
    queryFn: ({ signal }) =>
      read<Stream>(`streams/${encodeURIComponent(id)}`, [], signal),
  });
}

const STATS_REFRESH_MS = 15_000;

export function useStats(): UseQueryResult<Stats> {
  return useQuery({
    queryKey: ['stats'],
    queryFn: ({ signal }) => read<Stats>('stats', [], signal),
    refetchInterval: STATS_REFRESH_MS,
  });
}
