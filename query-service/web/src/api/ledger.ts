import { useIsFetching, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { API, request } from './request';
import type { Ledger } from './types';

const REFRESH_MS = 60_000;

const KEY = 'ledger';

/**
 * What became of all that was received in the last thirty days. To add it up takes the database a while, so what the screen
 * itself asks comes first.
 */
export function useLedger(): UseQueryResult<Ledger> {
  const isQuiet =
    useIsFetching({ predicate: ({ queryKey }) => queryKey[0] !== KEY }) === 0;
  return useQuery({
    queryKey: [KEY],
    enabled: ({ state }) => isQuiet || state.data !== undefined,
    queryFn: async ({ signal }) =>
      (await request<Ledger>(`${API}/v2/ledger`, { signal })).body,
    refetchInterval: REFRESH_MS,
  });
}
