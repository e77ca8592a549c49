import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { API, request } from './request';
import type { Ledger } from './types';

const REFRESH_MS = 60_000;

/** What became of all that was received in the last thirty days. */
export function useLedger(): UseQueryResult<Ledger> {
  return useQuery({
    queryKey: ['ledger'],
    queryFn: async ({ signal }) =>
      (await request<Ledger>(`${API}/v2/ledger`, { signal })).body,
    refetchInterval: REFRESH_MS,
  });
}
