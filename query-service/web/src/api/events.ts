import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
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

/** Events of a page: few at first, which are shown the sooner, then as many as somebody who scrolls has passed soon. */
const PAGE_SIZES = { first: '100', next: '500' };
/** How far around its time an event is looked for, in milliseconds. */
const NEAR_MS = 1_000;

/** The address of something of version 2 of the API. */
export function apiPath(path: string, params: Params = []): string {
  const query = new URLSearchParams(
    params.map(([name, value]) => [name, value]),
  );
  return `${API}/v2/${path}${query.size > 0 ? `?${query.toString()}` : ''}`;
}

/** What is at an address of version 2 of the API. */
export async function read<T>(
  path: string,
  params: Params,
  signal: AbortSignal,
): Promise<T> {
  return (await request<T>(apiPath(path, params), { signal })).body;
}

/** Events page by page, the newest first. */
export function eventsQuery(params: Params, sizes = PAGE_SIZES) {
  return infiniteQueryOptions({
    queryKey: ['events', params, sizes],
    queryFn: ({ pageParam, signal }) =>
      read<EventsPage>(
        'events',
        [
          ...params,
          ['limit', pageParam ? sizes.next : sizes.first],
          ...(pageParam ? [['cursor', pageParam] as const] : []),
        ],
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
  });
}

export function useEvents(params: Params, sizes = PAGE_SIZES) {
  return useInfiniteQuery({
    ...eventsQuery(params, sizes),
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
export function facetsQuery<Name extends FieldName>(
  params: Params,
  fields: readonly Name[],
  { contains = '', limit = 10 }: { contains?: string; limit?: number } = {},
) {
  const own: Params = [
    ...params,
    ['field', fields.join(',')],
    ['limit', String(limit)],
    ...(contains ? [['contains', contains] as const] : []),
  ];
  return queryOptions({
    queryKey: ['facets', own],
    queryFn: async ({ signal }) =>
      (await read<{ facets: Record<Name, Facet> }>('facets', own, signal))
        .facets,
  });
}

export function useFacets<Name extends FieldName>(
  params: Params,
  fields: readonly Name[],
  {
    isEnabled = true,
    ...options
  }: { contains?: string; limit?: number; isEnabled?: boolean } = {},
) {
  return useQuery({
    ...facetsQuery(params, fields, options),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}

/** How many events there were over time. */
export function histogramQuery(params: Params) {
  return queryOptions({
    queryKey: ['histogram', params],
    queryFn: ({ signal }) => read<Histogram>('histogram', params, signal),
  });
}

export function useHistogram(params: Params, isEnabled = true) {
  return useQuery({
    ...histogramQuery(params),
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
