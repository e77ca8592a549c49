import {
  count,
  flag,
  listOf,
  number,
  object,
  orNull,
  text,
  time,
} from './json-schema';
import type { Schema } from './json-schema';

const size = { estimated_rows: number, table_bytes: count, index_bytes: count };

/** How much is stored, and where. */
export const storeSchemas: Readonly<Record<string, Schema>> = {
  Stats: object({
    events: count,
    first_hour: orNull(time),
    last_hour: orNull(time),
    last_recorded_at: orNull(time),
    lag_ms: object({ p50: orNull(number), p99: orNull(number) }),
    database_bytes: count,
    counts: object({ rows: count, fresh: count }),
    waiting_batches: count,
    partitions: listOf(object({ name: text, range: text, ...size })),
  }),
  Partition: object({
    name: text,
    start_time: orNull(time),
    end_time: orNull(time),
    ...size,
    is_held: flag,
    due_at: orNull(time),
  }),
  Tombstone: object({
    id: { type: 'integer' },
    month: text,
    events: count,
    first_recorded_at: orNull(time),
    last_recorded_at: orNull(time),
    archive_file: orNull(text),
    archive_sha256: orNull(text),
    retention_version: { type: 'integer' },
    retention_days: { type: 'integer' },
    dropped_at: time,
    dropped_by: text,
  }),
};
