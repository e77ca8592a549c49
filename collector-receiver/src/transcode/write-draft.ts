import {
  SCHEMA_VERSION,
  severityLevels,
  statuses,
  actorTypes,
} from 'audit-event';
import type { EventSource } from 'audit-event';
import { resourceIdOf } from 'audit-event/store';
import type { CopyBuffer } from 'audit-event/store';
import { isSame, slot } from './attribute-slots';
import { BODY, EVENT_NAME, SEVERITY_TEXT, SPAN_ID, TRACE_ID } from './draft';
import type { Draft } from './draft';
import { writeHex, writeUuid } from './write-hex';

/** Longer texts are for the full reading, which cuts what is too long for an index or a row. */
const MAX_TEXT_BYTES = 256;
const MAX_LONG_TEXT_BYTES = 16_384;
const SPACE = 0x20;
const COLON = 0x3a;
const DOT = 0x2e;

const words = (texts: readonly string[]) =>
  texts.map((text) => Buffer.from(text));
const SEVERITY_LEVELS = words(severityLevels);
const STATUSES = words(statuses);
const OUTCOMES = words(['unknown', 'success', 'failure']);
const ACTOR_TYPES = words(actorTypes);
const [VERSION] = words([SCHEMA_VERSION]) as [Buffer];

/** Writes the JSON text of `audit.meta`; false when it cannot. */
export type WriteMeta = (out: CopyBuffer, draft: Draft) => boolean;

/**
 * Writes the columns of a draft, with the very content that `fromLogRecord` and `Rows.add` would give them, without
 * making a string or an object.
 *
 * @returns false, with a part of them written, when the record needs the full reading: it lacks something, says the
 * same thing twice in two ways, has something that has no column, or text that Postgres refuses or that has to be cut
 */
export function writeDraft(
  out: CopyBuffer,
  draft: Draft,
  source: EventSource,
  writeMeta: WriteMeta,
): boolean {
  // An absent time is taken from elsewhere, and flagged.
  if (draft.time === 0) return false;
  return agrees(draft) && writeColumns(out, draft, source, writeMeta);
}

/** Whether all that is said twice is the same, and all words are known ones. */
function agrees(draft: Draft): boolean {
  const { bytes } = draft;
  const status = wordOf(draft, slot.status, STATUSES);
  if (status < 0 || wordOf(draft, slot.severity, SEVERITY_LEVELS) < 0)
    return false;
  if (wordOf(draft, slot.actorType, ACTOR_TYPES) < 0) return false;
  if (!draft.has(slot.uid) || !draft.has(slot.pluginId)) return false;
  if (!draft.has(slot.eventId) || !draft.has(slot.actorId)) return false;
  if (
    draft.has(slot.outcome) &&
    wordOf(draft, slot.outcome, OUTCOMES) !== status
  )
    return false;
  if (draft.has(slot.schemaVersion)) {
    const [start, end] = [
      draft.starts[slot.schemaVersion]!,
      draft.ends[slot.schemaVersion]!,
    ];
    if (!isSame(VERSION, bytes, start, end)) return false;
  }
  return (
    repeats(draft, slot.recordId, slot.uid) &&
    repeats(draft, slot.userId, slot.actorId) &&
    repeats(draft, SEVERITY_TEXT, slot.severity) &&
    isEventName(draft) &&
    isDescription(draft)
  );
}

/** Which of the words a field is, -1 for none. */
function wordOf(draft: Draft, field: number, known: readonly Buffer[]): number {
  const start = draft.starts[field]!;
  if (start < 0) return -1;
  for (let i = 0; i < known.length; i++)
    if (isSame(known[i]!, draft.bytes, start, draft.ends[field]!)) return i;
  return -1;
}

/** Whether a field is absent or the same text as another. */
function repeats(draft: Draft, field: number, other: number): boolean {
  const start = draft.starts[field]!;
  return (
    start < 0 ||
    matches(draft, other, start, draft.ends[field]!) === draft.ends[field]
  );
}

/** Where the text at `at` ends when it begins with that of a field, else -1. */
function matches(draft: Draft, field: number, at: number, end: number): number {
  const { bytes } = draft;
  const stop = draft.ends[field]!;
  for (let i = draft.starts[field]!; i < stop; i++)
    if (at === end || bytes[at++] !== bytes[i]) return -1;
  return at;
}

/** `plugin.event`, or the event alone, as `fromLogRecord` reads it; absent and empty are nothing said. */
function isEventName(draft: Draft): boolean {
  const start = draft.starts[EVENT_NAME]!;
  const end = draft.ends[EVENT_NAME]!;
  if (start < 0 || start === end) return true;
  return (
    afterName(draft, start, end) === end ||
    matches(draft, slot.eventId, start, end) === end
  );
}

/** The line that `describe` would write. */
function isDescription(draft: Draft): boolean {
  const { bytes } = draft;
  const start = draft.starts[BODY]!;
  const end = draft.ends[BODY]!;
  if (start < 0) return true;
  let at = afterName(draft, start, end);
  if (at < 0 || bytes[at] !== SPACE) return false;
  at = matches(draft, slot.status, at + 1, end);
  if (at < 0 || bytes[at] !== COLON || bytes[at + 1] !== SPACE) return false;
  return matches(draft, slot.actorId, at + 2, end) === end;
}

/** Where `plugin.event` ends that begins at `at`, else -1. */
function afterName(draft: Draft, at: number, end: number): number {
  const dot = matches(draft, slot.pluginId, at, end);
  if (dot < 0 || draft.bytes[dot] !== DOT) return -1;
  return matches(draft, slot.eventId, dot + 1, end);
}

/** The columns in their order, as `writeEvent` writes them. */
function writeColumns(
  out: CopyBuffer,
  draft: Draft,
  source: EventSource,
  writeMeta: WriteMeta,
): boolean {
  out.microseconds(draft.time);
  return (
    text(out, draft, slot.severity) &&
    text(out, draft, slot.status) &&
    text(out, draft, slot.pluginId) &&
    text(out, draft, slot.eventId) &&
    text(out, draft, slot.actorType) &&
    text(out, draft, slot.requestMethod) &&
    text(out, draft, slot.actionType) &&
    text(out, draft, slot.queryType) &&
    writeNumbers(out, draft, source) &&
    uuid(out, draft, slot.uid) &&
    uuid(out, draft, slot.operationId) &&
    uuid(out, draft, slot.streamId) &&
    text(out, draft, slot.actorId) &&
    text(out, draft, slot.initiatorId) &&
    text(out, draft, slot.clientAddress) &&
    text(out, draft, slot.userAgent, MAX_LONG_TEXT_BYTES) &&
    text(out, draft, slot.urlPath, MAX_LONG_TEXT_BYTES) &&
    text(out, draft, slot.urlQuery, MAX_LONG_TEXT_BYTES) &&
    text(out, draft, slot.serverAddress) &&
    text(out, draft, slot.entityRef) &&
    text(out, draft, slot.errorType) &&
    text(out, draft, slot.errorMessage, MAX_LONG_TEXT_BYTES) &&
    text(out, draft, slot.errorStack, MAX_LONG_TEXT_BYTES) &&
    idOf(out, draft, TRACE_ID, 16) &&
    idOf(out, draft, SPAN_ID, 8) &&
    writeRest(out, draft, writeMeta)
  );
}

/** The columns of a fixed width; always true, to stand among the others. */
function writeNumbers(
  out: CopyBuffer,
  draft: Draft,
  source: EventSource,
): boolean {
  writeObserved(out, draft);
  out.bigint(resourceIdOf(source));
  if (draft.sequence < 0) out.null();
  else out.int8(draft.sequence);
  out.int2(draft.nanos);
  out.int4(draft.severityNumber);
  return true;
}

/** Null when it says nothing more than the time. */
function writeObserved(out: CopyBuffer, draft: Draft): void {
  const { time, nanos, observed, observedNanos } = draft;
  const isSilent = observed === 0 && observedNanos === 0;
  const isTime = observed === time && observedNanos === nanos;
  out.microseconds(isSilent || isTime ? null : observed);
}

/** Flags, meta and what OTLP carried beyond the columns: nothing, for such a record is no draft. */
function writeRest(
  out: CopyBuffer,
  draft: Draft,
  writeMeta: WriteMeta,
): boolean {
  out.null();
  const start = out.beginJsonb();
  if (!draft.has(slot.meta)) out.ascii('{}');
  else if (!writeMeta(out, draft)) return false;
  out.endField(start);
  out.null();
  return true;
}

function text(
  out: CopyBuffer,
  draft: Draft,
  field: number,
  maxBytes = MAX_TEXT_BYTES,
): boolean {
  const start = draft.starts[field]!;
  if (start < 0) {
    out.null();
    return true;
  }
  const end = draft.ends[field]!;
  if (end === start || end - start > maxBytes) return false;
  return out.textWithin(draft.bytes, start, end);
}

function uuid(out: CopyBuffer, draft: Draft, field: number): boolean {
  if (draft.has(field))
    return writeUuid(
      out,
      draft.bytes,
      draft.starts[field]!,
      draft.ends[field]!,
    );
  out.null();
  return true;
}

/** A trace or span id: its bytes in protobuf, their digits in JSON. One of zeros alone means none. */
function idOf(
  out: CopyBuffer,
  draft: Draft,
  field: number,
  size: number,
): boolean {
  const start = draft.starts[field]!;
  const end = draft.ends[field]!;
  if (start < 0) {
    out.null();
    return true;
  }
  const from = out.length + 4;
  if (end - start === size) out.bytesWithin(draft.bytes, start, end);
  else if (end - start !== 2 * size) return false;
  else if (!writeHex(out, draft.bytes, start, end)) return false;
  for (let at = from; at < out.length; at++)
    if (out.bytes[at] !== 0) return true;
  return false;
}
