import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { apiPath, read } from './events';

/** A record that could not be stored. */
export interface Quarantined {
  id: string;
  recorded_at: string;
  reason: string;
  detail: string;
  encoding: string;
  size: number;
}

interface QuarantinePage {
  data: Quarantined[];
  reasons: { reason: string; count: number }[];
  next_cursor: string | null;
}

const PAGE_SIZE = '50';

export function useQuarantine(reason: string) {
  return useInfiniteQuery({
    queryKey: ['quarantine', reason],
    queryFn: ({ pageParam, signal }) =>
      read<QuarantinePage>(
        'quarantine',
        [
          ['limit', PAGE_SIZE],
          ...(reason === 'all' ? [] : [['reason', reason] as const]),
          ...(pageParam ? [['cursor', pageParam] as const] : []),
        ],
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
    placeholderData: keepPreviousData,
  });
}

/** One record with its bytes, in base64. */
export function useQuarantined(
  id: string,
): UseQueryResult<Quarantined & { raw: string }> {
  return useQuery({
    queryKey: ['quarantined', id],
    queryFn: ({ signal }) =>
      read<Quarantined & { raw: string }>(`quarantine/${id}`, [], signal),
  });
}

/** Where the bytes of a record are, to be sent again. */
export const rawAddress = (id: string): string =>
  apiPath(`quarantine/${id}/raw`);
