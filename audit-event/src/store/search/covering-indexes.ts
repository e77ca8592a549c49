import type { EventSearch } from './event-search';
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
 * Whether an index alone can tell which events a search finds, though it is not in the order of all that is asked: then many
 * of its entries may have to be passed over, and it is worth not to read their rows.
 */
export function isFoundByIndex(search: EventSearch): boolean {
  const { fields, presence, meta, terms } = search;
  if (meta.length + terms.length + presence.length > 0) return false;
  if ((search.recordedStartMs ?? search.recordedEndMs) !== undefined)
    return false;
  return COVERING.some(([first, beside]) => {
    const others = fields.filter(({ field }) => field !== first);
    return (
      others.length > 0 &&
      others.every(({ field }) => beside.includes(field)) &&
      fields.some(({ field, isNegated }) => field === first && !isNegated)
    );
  });
}
