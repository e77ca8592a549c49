import { apiPath } from '../../api/events';
import type { Params } from '../../api/events';
import { request } from '../../api/request';
import type { Facet } from '../../api/types';
import { fieldNames, fields, isFieldName } from '../../query/fields';

/** A value that could stand in the line, and how many events have it. */
export interface Suggestion {
  value: string;
  count: number | undefined;
}

const MOST = '20';

/** The most frequent values of a field that have what was typed in them. */
export async function suggestValues(
  params: Params,
  field: string,
  typed: string,
): Promise<Suggestion[]> {
  if (field === 'has')
    return fieldNames.map((name) => ({
      value: fields[name].key,
      count: undefined,
    }));
  if (!isFieldName(field)) return [];
  const path = apiPath('facets', [
    ...params,
    ['field', field],
    ['limit', MOST],
    ...(typed ? [['contains', typed.replace(/\*$/, '')] as const] : []),
  ]);
  const { body } = await request<{ facets: Record<string, Facet> }>(path);
  return (body.facets[field]?.values ?? []).flatMap(({ value, count }) =>
    value ? [{ value, count }] : [],
  );
}
