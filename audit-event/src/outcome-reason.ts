/**
 * The OTLP attribute that says why an operation failed, where that is more than an error. It has no column: it is kept
 * with the other attributes of the record, `otlp -> 'attributes' ->> 'audit.outcome.reason'` in Postgres.
 */
export const OUTCOME_REASON = 'audit.outcome.reason';

/** The operation was refused: somebody was not let in, or not allowed to. */
export const DENIED = 'denied';
