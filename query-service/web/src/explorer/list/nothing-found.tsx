import { SearchX } from 'lucide-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { apiPath, histogramQuery } from '../../api/events';
import { request } from '../../api/request';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { usePreferences } from '../../preferences';
import { formatFilter } from '../../query/format-line';
import { EVERYTHING, isEverything } from '../../query/search';
import type { Search } from '../../query/search';
import { counted } from '../../text/count';
import { printTime } from '../../time/print-time';
import { paramsAt } from '../explorer-state';
import type { Explorer } from '../use-explorer';
import { FirstEvent } from './first-event';

/** Why there is nothing, and which filter to loosen: with how many events there would be without it. */
export function NothingFound({
  explorer,
  searchedTo,
  onFurther,
}: {
  explorer: Explorer;
  searchedTo: string | undefined;
  onFurther: (() => void) | undefined;
}) {
  const { zone } = usePreferences();
  const { search, range, change } = explorer;
  const { data: stats } = useQuery({
    queryKey: ['stats'],
    queryFn: async () =>
      (await request<{ events: number }>(apiPath('stats'))).body,
  });
  // While a search goes on it is not known yet whether anything fits.
  const looser = searchedTo === undefined ? looserSearches(search) : [];
  /** As the list would ask, with what it leaves out by itself. */
  const paramsWith = (other: Search) =>
    paramsAt({ ...explorer, search: other }, range.endMs).params;
  const found = useQueries({
    queries: looser.map((one) => histogramQuery(paramsWith(one.search))),
  });
  if (searchedTo !== undefined)
    return (
      <EmptyState icon={<SearchX />} title="Nothing found so far">
        <p>Searched up to {printTime(searchedTo, zone)}; this takes long.</p>
        {onFurther && <Button onPress={onFurther}>Search further back</Button>}
      </EmptyState>
    );
  if (stats?.events === 0) return <FirstEvent />;
  return (
    <EmptyState icon={<SearchX />} title="No event fits">
      <p>
        Nothing from {printTime(range.startMs, zone)} to{' '}
        {printTime(range.endMs, zone)}
        {isEverything(search) ? '.' : ' fits all of these filters.'}
      </p>
      {looser.map((one, index) => (
        <Button key={one.name} onPress={() => change({ search: one.search })}>
          Without {one.name}
          {found[index]?.data !== undefined &&
            `: ${counted(found[index].data.total, 'event')}`}
        </Button>
      ))}
      <Button onPress={() => change({ when: { preset: '365d' } })}>
        Search the last 365 days
      </Button>
      {looser.length > 1 && (
        <Button onPress={() => change({ search: EVERYTHING })}>
          Clear all filters
        </Button>
      )}
    </EmptyState>
  );
}

/** The search without each of its parts. */
function looserSearches(search: Search): { name: string; search: Search }[] {
  return [
    ...search.filters.map((filter) => ({
      name: formatFilter(filter),
      search: {
        ...search,
        filters: search.filters.filter((one) => one !== filter),
      },
    })),
    ...search.terms.map((term, index) => ({
      name: `"${term}"`,
      search: {
        ...search,
        terms: search.terms.filter((_one, other) => other !== index),
      },
    })),
  ];
}
