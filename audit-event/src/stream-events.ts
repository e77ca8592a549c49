/** The plugin id of the audit log's own events: rules, tokens, settings, reads, streams. No rule excludes them. */
export const OWN_PLUGIN_ID = 'audit-log';

/** Events of `OWN_PLUGIN_ID` that emitters add to their stream, so that it can be told whether all of it came. */
export const streamEvent = {
  /** The first of a stream; its meta may name the one before. */
  start: 'stream-start',
  /** The last of a stream that was closed in good order. */
  end: 'stream-end',
  /** What the emitter knows to be lost. */
  gap: 'stream-gap',
} as const;

/**
 * Milliseconds after which an operation without outcome counts as unfinished, where its own is not the receiver's
 * setting. It has no column: what a record carries beyond them is kept under `otlp.attributes`.
 */
export const OPERATION_TIMEOUT_ATTRIBUTE = 'audit.operation.timeout';
