/** Events that are shown when nobody says how many. */
export const DEFAULT_LIMIT = 100;
/** Rows of one page: the most that the API gives. */
export const PAGE_SIZE = 1_000;

/** The first wait before a tail that was cut off connects again, in milliseconds, and the longest; each is twice the one before. */
export const RETRY_MS = 1_000;
export const MAX_RETRY_MS = 30_000;
/** The service sends something every 15 seconds: after three times as long without, the connection is dead. */
export const TAIL_SILENCE_MS = 45_000;
/** One message of a tail, in characters; an event is far smaller. */
export const MAX_MESSAGE_LENGTH = 64 * 1024 * 1024;

/** An export that brings nothing for so long has broken off. */
export const EXPORT_SILENCE_MS = 300_000;
/** How often progress is shown. */
export const PROGRESS_MS = 250;
