/**
 * Columns with few distinct values, for which `audit.event_count` keeps how many events there were in each hour. In COPY
 * rows they lie side by side, right behind `event_time`: their bytes together are the key of a count.
 */
export const COUNTED_COLUMNS = [
  'severity_level',
  'status',
  'plugin_id',
  'event_id',
  'actor_type',
  'request_method',
  'action_type',
  'query_type',
] as const;

export type CountedColumn = (typeof COUNTED_COLUMNS)[number];
