import type { QueryClient } from '@tanstack/react-query';
import { eventsQuery, facetsQuery, histogramQuery } from '../api/events';
import { sessionQuery } from '../api/session';
import { preferences } from '../preferences';
import { isNarrow } from './list/use-is-narrow';
import { askedBy, paramsAt, stateOf } from './explorer-state';
import { FEW, TOGETHER } from './facets/together';

const KEY = ['explorer-opened'];
/** Whoever comes to the explorer later than that asks anew. */
const FRESH_MS = 10_000;

interface Opened {
  asked: string;
  atMs: number;
}

/**
 * Asks what the explorer will ask when it is the screen that is opened, while its scripts are still on their way: the
 * answers come as early as they do.
 */
export function askEarly(client: QueryClient): void {
  if (location.pathname !== '/') return;
  const state = stateOf(new URLSearchParams(location.search));
  const atMs = Date.now();
  client.setQueryData<Opened>(KEY, { asked: askedBy(state), atMs });
  const { params } = paramsAt(state, atMs);
  void client.prefetchInfiniteQuery(eventsQuery(params));
  void client.prefetchQuery(histogramQuery([...params, ['by', state.by]]));
  if (preferences().facets && !isNarrow())
    void client.prefetchQuery(facetsQuery(params, TOGETHER, { limit: FEW }));
  void client.prefetchQuery(sessionQuery);
}

/** The moment for which all that is asked now is asked: that of the early questions when they were the same. */
export function askedAt(client: QueryClient, asked: string): number {
  const nowMs = Date.now();
  const opened = client.getQueryData<Opened>(KEY);
  const isTheSame = opened?.asked === asked && nowMs - opened.atMs < FRESH_MS;
  return isTheSame ? opened.atMs : nowMs;
}
