import type { FieldName } from './search-fields';

/** Indexes that have more columns than they are ordered by, as `000001.sql` makes them: the first, then those beside it. */
const COVERING: readonly (readonly [FieldName, readonly FieldName[]])[] = [
  [
    'actor_id',
    ['status', 'severity_level', 'plugin_id', 'event_id', 'actor_type'],
  ],
  ['entity_ref', ['status', 'action_type', 'actor_id']],
  ['event_id', ['actor_id', 'status', 'severity_level', 'plugin_id']],
  ['request_url', ['status']],
];

/**
 * Whether an index alone can tell which events are asked for, though it is not in the order of all that is asked: then many of
 * its entries may have to be passed over, and it is worth not to read their rows.
 *
 * @param asked fields that an event must fit all of
 * @example
 * isToldByIndex([{ field: 'actor_id' }, { field: 'status' }]); // true
 */
export function isToldByIndex(
  asked: readonly { field: FieldName; isNegated?: boolean }[],
): boolean {
  return COVERING.some(([first, beside]) => {
    const others = asked.filter(({ field }) => field !== first);
    return (
      others.length > 0 &&
      others.every(({ field }) => beside.includes(field)) &&
      asked.some(({ field, isNegated }) => field === first && !isNegated)
    );
  });
}
