import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './request';

/** How often what may heal by itself is asked for again. */
const RETRIES = 2;

/** What the page has asked for, kept while it is shown. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < RETRIES &&
          error instanceof ApiError &&
          (error.status === 0 || error.status === 503),
      },
    },
  });
}
