import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { API, request } from './request';
import type {
  EventsPage,
  Facet,
  FieldName,
  FoundEvent,
  Histogram,
  Total,
} from './types';

/** Filters, range and more, as pairs of a query. */
export type Params = readonly (readonly [string, string])[];

const PAGE_SIZE = '100';
/** How far around its time an event is looked for, in milliseconds. */
const NEAR_MS = 1_000;

/** The address of something of version 2 of the API. */
export function apiPath(path: string, params: Params = []): string {
  const query = new URLSearchParams(
    params.map(([name, value]) => [name, value]),
  );
  return `${API}/v2/${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
}

async function read<T>(
  path: string,
  params: Params,
  signal: AbortSignal,
): Promise<T> {
  return (await request<T>(apiPath(path, params), { signal })).body;
}

/** Events page by page, the newest first. */
export function useEvents(params: Params, pageSize = PAGE_SIZE) {
  return useInfiniteQuery({
    queryKey: ['events', params, pageSize],
    queryFn: ({ pageParam, signal }) =>
      read<EventsPage>(
        'events',
        [
          ...params,
          ['limit', pageSize],
          ...(pageParam ? [['cursor', pageParam] as const] : []),
        ],
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
    placeholderData: keepPreviousData,
  });
}

/** How many events are found: the list does not wait for it. */
export function useTotal(params: Params) {
  return useQuery({
    queryKey: ['total', params],
    queryFn: ({ signal }) => read<Total>('total', params, signal),
  });
}

/** Of fields, how many of the events found have which values. */
export function useFacets<Name extends FieldName>(
  params: Params,
  fields: readonly Name[],
  {
    contains = '',
    limit = 10,
    isEnabled = true,
  }: { contains?: string; limit?: number; isEnabled?: boolean } = {},
) {
  const own: Params = [
    ...params,
    ['field', fields.join(',')],
    ['limit', String(limit)],
    ...(contains ? [['contains', contains] as const] : []),
  ];
  return useQuery({
    queryKey: ['facets', own],
    queryFn: async ({ signal }) =>
      (await read<{ facets: Record<Name, Facet> }>('facets', own, signal))
        .facets,
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}

/** How many events there were over time. */
export function useHistogram(params: Params, isEnabled = true) {
  return useQuery({
    queryKey: ['histogram', params],
    queryFn: ({ signal }) => read<Histogram>('histogram', params, signal),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}

/** All that is known of one event. */
export function useEvent({ id, time }: { id: string; time: string }) {
  const ms = Date.parse(time);
  const near: Params = Number.isNaN(ms)
    ? []
    : [
        ['start_time', new Date(ms - NEAR_MS).toISOString()],
        ['end_time', new Date(ms + NEAR_MS).toISOString()],
      ];
  return useQuery({
    queryKey: ['event', id, time],
    queryFn: ({ signal }) =>
      read<FoundEvent>(`events/${encodeURIComponent(id)}`, near, signal),
    placeholderData: keepPreviousData,
  });
}
