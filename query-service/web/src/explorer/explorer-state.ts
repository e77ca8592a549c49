import { withValue } from '../query/search';
import type { Search } from '../query/search';
import { paramsOf, searchOf } from '../query/search-params';
import { paramsOfRange, paramsOfWhen, rangeAt, whenOf } from '../time/range';
import type { Range, When } from '../time/range';

/** What the histogram can be stacked by. */
export const stackings = {
  status: 'Outcome',
  severity_level: 'Severity',
  plugin_id: 'Plugin',
  event_id: 'Event',
  actor_type: 'Kind of actor',
} as const;
export type Stacking = keyof typeof stackings;

/** All that the address says of the explorer. */
export interface ExplorerState {
  search: Search;
  when: When;
  by: Stacking;
  /** Whether the beginnings of operations are shown beside their outcomes. */
  starts: boolean;
  /** Whether it is shown that somebody read this log, as the page itself does all the time. */
  reads: boolean;
  /** Whether the histogram shows the range before, too. */
  compare: boolean;
  /** The event that is shown in full, and its time, by which it is found. */
  event: { id: string; time: string } | undefined;
}

/** What the API is asked, with the times that `when` means at a moment. */
export interface Asked {
  range: Range;
  /** The filters without the range. */
  filters: [string, string][];
  /** Filters and range. */
  params: [string, string][];
}

export function paramsAt(state: ExplorerState, nowMs: number): Asked {
  const range = rangeAt(state.when, nowMs);
  const filters = paramsOf(searchAsked(state));
  return { range, filters, params: [...filters, ...paramsOfRange(range)] };
}

/** What is searched for and when, as one text. */
export function askedBy({ search, when }: ExplorerState): string {
  return addressOf({ search, when });
}

/** As the service calls it when somebody reads the log. */
const READ_EVENT = 'events-read';

/** What is left out of the list although no filter says so: what is asked for by a filter never is. */
export function leftOut({
  search,
  starts,
  reads,
}: Pick<ExplorerState, 'search' | 'starts' | 'reads'>): {
  starts: boolean;
  reads: boolean;
} {
  const says = (...names: string[]) =>
    search.filters.some(({ field }) => names.includes(field));
  return {
    starts: !starts && !says('status', 'operation_outcome'),
    reads: !reads && !says('event_id'),
  };
}

function searchAsked(state: ExplorerState): Search {
  const left = leftOut(state);
  let { search } = state;
  if (left.starts) search = withValue(search, 'status', 'initiated', true);
  if (left.reads) search = withValue(search, 'event_id', READ_EVENT, true);
  return search;
}

/** What an address says of the explorer. */
export function stateOf(params: URLSearchParams): ExplorerState {
  const id = params.get('event');
  const by = params.get('by') ?? '';
  return {
    search: searchOf(params),
    when: whenOf(params),
    by: Object.hasOwn(stackings, by) ? (by as Stacking) : 'status',
    starts: params.get('starts') === 'shown',
    reads: params.get('reads') === 'shown',
    compare: params.get('compare') === 'before',
    event: id ? { id, time: params.get('at') ?? '' } : undefined,
  };
}

/** The address of a state of the explorer. */
export function addressOf({
  search,
  when,
  by,
  starts,
  reads,
  compare,
  event,
}: Partial<ExplorerState>): string {
  const params = new URLSearchParams([
    ...(search ? paramsOf(search) : []),
    ...(when ? paramsOfWhen(when) : []),
    ...(by && by !== 'status' ? [['by', by]] : []),
    ...(starts ? [['starts', 'shown']] : []),
    ...(reads ? [['reads', 'shown']] : []),
    ...(compare ? [['compare', 'before']] : []),
    ...(event
      ? [
          ['event', event.id],
          ['at', event.time],
        ]
      : []),
  ]);
  return params.size === 0 ? '/' : `/?${params.toString()}`;
}
