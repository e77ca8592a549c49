import type { SeverityLevel } from 'audit-event';

/** The largest encoded log record. Larger ones are cut, with a note of what is missing (`audit.meta.truncated`). */
export const RECORD_MAX_BYTES = 256 * 1024;

/** The longest string in an attribute, in bytes of UTF-8. */
export const STRING_MAX_BYTES = 64 * 1024;

/** How deep `meta` may nest. */
export const META_MAX_DEPTH = 32;

/** How many values `meta` may hold, so that a huge one cannot hold up the application. */
export const META_MAX_VALUES = 20_000;

/** How many paths `redactMeta` takes, and how many parts each may have: every value of every meta is held against all. */
export const META_PATHS_MAX = 64;
export const META_PATH_MAX_PARTS = 16;

/** Of how many keys of meta it is remembered whether they mean a secret. */
export const SECRET_KEYS_REMEMBERED = 4096;

/** How many operations a JSON Patch of `changes` may have before the whole value takes their place. */
export const PATCH_MAX_OPERATIONS = 1000;

/** One request holds so many records and so many bytes before compression, whichever is reached first. */
export const BATCH_MAX_RECORDS = 512;
export const BATCH_MAX_BYTES = 1024 * 1024;

/** Requests on their way at the same time. */
export const PARALLEL_REQUESTS = 4;

/** How long a record waits for others to fill its request. */
export const LINGER_MS = 50;

/** Between two tries of a request: a random time up to 0.5 s doubled at each try, at most 30 s. */
export const BACKOFF_MIN_MS = 500;
export const BACKOFF_MAX_MS = 30_000;

/** The pause after an answer that only a person can heal, such as 401. */
export const SLOW_RETRY_MS = 30_000;

/** A longer Retry-After is shortened to this, so that a wrong one cannot stop the audit trail. */
export const RETRY_AFTER_MAX_MS = 5 * 60_000;

/** After so many answers such as 500 the request is halved, to find the record that the receiver cannot take. */
export const TRIES_BEFORE_BISECT = 20;

/** How much of an answer is read. */
export const ANSWER_MAX_BYTES = 64 * 1024;

/** How many records and bytes wait in memory before the least severe are dropped. */
export const QUEUE_MAX_RECORDS = 100_000;
export const QUEUE_MAX_BYTES = 64 * 1024 * 1024;

/** The share of the queue that low and medium events may fill; the rest is kept for high and critical ones. */
export const QUEUE_SHARE_OF_LOW = 0.9;

/** How long one request may take. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** How long a shutdown waits for the records that are still queued. */
export const SHUTDOWN_TIMEOUT_MS = 3000;

/** How long `createEvent` waits for the credentials of a request to resolve. */
export const ACTOR_TIMEOUT_MS = 5000;

/** The same complaint is made at most once in this time; what happens in between is counted. */
export const DIAGNOSTIC_INTERVAL_MS = 1000;

/** A complaint about the receiver is repeated at most once in this time, however often the sender tries. */
export const DELIVERY_DIAGNOSTIC_INTERVAL_MS = 30_000;

/** How long `flush` waits unless told otherwise. */
export const FLUSH_TIMEOUT_MS = 30_000;

/** While a flush waits, back-offs are cut to this. */
export const FLUSH_RETRY_MS = 1000;

/** A group of records goes to the disk when its first has waited so long, or when it has so many records or bytes. */
export const COMMIT_MS = 5;
export const COMMIT_RECORDS = 128;
export const COMMIT_BYTES = 256 * 1024;

/** The most that one write to the disk takes; at least one record. */
export const WRITE_MAX_BYTES = 1024 * 1024;

/** A segment is full at this size. One is read back at a time, so it bounds memory too. */
export const SEGMENT_MAX_BYTES = 4 * 1024 * 1024;

/** So many segments are in memory at most while they are sent, beside the one that is being written. */
export const LOADED_SEGMENTS = 2;

/** How much the spool of one process may hold. */
export const SPOOL_MAX_BYTES = 1024 * 1024 * 1024;
/** Several segments, or nothing could make room. */
export const SPOOL_MIN_BYTES = 16 * 1024 * 1024;

/** Where the spool is unless told otherwise, under the working directory of the process. */
export const SPOOL_DIRECTORY = '.audit-spool';

/** The share of the spool that records of a level may fill; beyond it they give way. */
export const ROOM_OF: Record<SeverityLevel, number> = {
  low: 0.9,
  medium: 0.95,
  high: 1,
  critical: 1,
};

/** The levels that give way when there is no room, in this order. */
export const GIVES_WAY_FIRST: readonly SeverityLevel[] = ['low', 'medium'];

/**
 * What a process took over does not count as its own, but where all that it holds is so many times its own room, records of levels
 * that give way do not get in: one that ends and starts again and again in an outage would fill the disk.
 */
export const SPOOL_HELD_TIMES = 4;

/** How long until a disk that failed is tried again. */
export const SPOOL_RETRY_MS = 1000;

/** How long until a segment that could not be read is tried again. */
export const UNREAD_RETRY_MS = 30_000;

/** The cursor is written at most so often; a crash sends again what was settled since. */
export const CURSOR_INTERVAL_MS = 1000;

/** How often a process shows that its spool directory is in use, and looks for those of others that are not. */
export const HEARTBEAT_MS = 10_000;

/** A spool directory whose process gave no sign for so long may be taken over. */
export const SILENT_MS = 60_000;

/** How long a caller waits for the disk before it is told that its record is in memory alone. */
export const SPOOL_WAIT_MS = 200;

/** How long a strict record, and one that has to be committed, may take unless told otherwise. */
export const DELIVERY_TIMEOUT_MS = 5000;

/** A record about lost records names so many ranges at most. */
export const GAP_MAX_RANGES = 1000;
