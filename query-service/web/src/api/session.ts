import { queryOptions, useQuery } from '@tanstack/react-query';
import { request, signInAgain } from './request';
import type { Session } from './types';

const SESSION = '/api/session';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) =>
    (await request<Session>(SESSION, { signal })).body,
  staleTime: Infinity,
});

/** Who is signed in, and what they may do; undefined until that is known. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

/** Whether the one who is signed in has a permission, such as `audit.log.export`. */
export function useMay(permission: string): boolean {
  return useSession()?.permissions.includes(permission) ?? false;
}

export async function signOut(): Promise<void> {
  await request(SESSION, { method: 'DELETE' });
  signInAgain();
}
