import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { API, request } from './request';

/** How long events are kept. */
export interface Retention {
  version: number;
  /** After the end of their month; null: for ever. */
  days: number | null;
  /** Whether a month may be dropped that no archive has. */
  drop_without_archive: boolean;
  changed_at: string;
  changed_by: string;
}

/** What keeps events longer, whatever the retention says. */
export interface Hold {
  id: string;
  /** Both inclusive; null: open on that side. */
  start_time: string | null;
  end_time: string | null;
  reason: string;
  created_at: string;
  created_by: string;
  /** These three are null while it is in force. */
  released_at: string | null;
  released_by: string | null;
  release_reason: string | null;
}

export interface Partition {
  name: string;
  start_time: string | null;
  end_time: string | null;
  estimated_rows: number;
  table_bytes: number;
  index_bytes: number;
  is_held: boolean;
  /** When it may be dropped, unless it is held; null: never. */
  due_at: string | null;
}

/** What is left of a month that was dropped. */
export interface Tombstone {
  id: number;
  month: string;
  events: number;
  archive_file: string | null;
  archive_sha256: string | null;
  retention_days: number;
  dropped_at: string;
  dropped_by: string;
}

export interface Partitions {
  database_bytes: number;
  partitions: Partition[];
  tombstones: Tombstone[];
}

const RETENTION = `${API}/v2/retention`;
const HOLDS = `${API}/v2/holds`;
export const RETENTION_KEY = ['retention'];

function useRead<T>(name: string, path: string): UseQueryResult<T> {
  return useQuery({
    queryKey: [...RETENTION_KEY, name],
    queryFn: async ({ signal }) => (await request<T>(path, { signal })).body,
  });
}

export const useRetention = () => useRead<Retention>('days', RETENTION);
export const useHolds = () => useRead<{ data: Hold[] }>('holds', HOLDS);
export const usePartitions = () =>
  useRead<Partitions>('partitions', `${API}/v2/partitions`);

/** @throws ApiError with the status 412 when somebody changed it since `version` */
export async function putRetention(
  wanted: Pick<Retention, 'days' | 'drop_without_archive'>,
  version: number,
): Promise<void> {
  await request(RETENTION, {
    method: 'PUT',
    body: wanted,
    headers: { 'if-match': `"${version}"` },
  });
}

export async function createHold(
  hold: Pick<Hold, 'start_time' | 'end_time' | 'reason'>,
): Promise<void> {
  await request(HOLDS, { method: 'POST', body: hold });
}

export async function releaseHold(id: string, reason: string): Promise<void> {
  const query = new URLSearchParams({ reason }).toString();
  await request(`${HOLDS}/${id}?${query}`, { method: 'DELETE' });
}
