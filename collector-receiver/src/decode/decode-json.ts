import { isUtf8 } from 'node:buffer';
import { isJsonObject } from 'audit-event';
import type { EventSource } from 'audit-event';
import type { Decoded, DecodedRecord, RecordVisitor, Visited } from './decoded';
import { findJsonRecords } from './json-envelope';
import type { JsonRecordGroup, JsonSource } from './json-envelope';
import { readJsonLogRecord } from './json-log-record';
import { failReading, sizeRead, startReading } from './json-reading';
import type { JsonReading } from './json-reading';
import { readJsonSource } from './json-source';
import { limits } from './limits';
import { parseLosslessly } from './lossless-json';
import { readAll } from './read-all';
import { stringify } from './stringify';
import { visitUsualJson } from '../transcode/visit-usual-json';
import type { FullReading } from '../transcode/visit-usual-json';
import { messageOf } from '../message-of';

/**
 * Shows the records of an ExportLogsServiceRequest in OTLP/JSON (opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding)
 * to a visitor, with the same result as `visitProtobuf` for the same records. Invalid UTF-8 is read as U+FFFD rather
 * than lost.
 */
export function visitJson(body: Uint8Array, visitor: RecordVisitor): Visited {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const isValid = isUtf8(bytes);
  if (isValid && visitUsualJson(bytes, visitor, readInFull(visitor)))
    return { status: 'visited' };
  visitor.restart();
  const request = parse(new TextDecoder().decode(bytes));
  if (request.status === 'broken')
    return {
      status: 'malformed',
      reason: `cannot parse the body as JSON: ${request.reason}`,
    };
  const budget = { left: limits.rawSourceBytesPerRequest };
  const found = findJsonRecords(request.value);
  if (found.status !== 'found') return found;
  for (const group of found.groups)
    for (const record of readGroup(group, !isValid, budget))
      visitor.record(record);
  return { status: 'visited' };
}

function readInFull(visitor: RecordVisitor): FullReading {
  const budget = { left: limits.rawSourceBytesPerRequest };
  let read: (record: unknown) => DecodedRecord;
  return {
    parse(text) {
      const parsed = parse(text);
      return parsed.status === 'parsed' ? parsed.value : undefined;
    },
    source(resource, scope) {
      const shared = readJsonSource({ resource, scope }, false);
      read = recordReader({ resource, scope }, shared, false, budget);
      const { failure, sanitized } = shared.reading;
      return failure || sanitized ? undefined : shared.source;
    },
    record: (record) => visitor.record(read(record)),
  };
}

function parse(
  text: string,
): { status: 'parsed'; value: unknown } | { status: 'broken'; reason: string } {
  try {
    return { status: 'parsed', value: parseLosslessly(text) };
  } catch (error) {
    return { status: 'broken', reason: messageOf(error) };
  }
}

/**
 * Reads all records of a request in full.
 *
 * @example
 * decodeJson(Buffer.from('{"resourceLogs":[]}')); // { status: 'decoded', records: [] }
 */
export function decodeJson(body: Uint8Array): Decoded {
  return readAll((visitor) => visitJson(body, visitor));
}

function readGroup(
  group: JsonRecordGroup,
  replaced: boolean,
  budget: { left: number },
): DecodedRecord[] {
  const shared = readJsonSource(group, replaced);
  return group.records.map(recordReader(group, shared, replaced, budget));
}

function recordReader(
  group: JsonSource,
  shared: { source: EventSource; reading: JsonReading },
  replaced: boolean,
  budget: { left: number },
): (record: unknown) => DecodedRecord {
  const envelope = envelopeOf(group, budget);
  return (record) =>
    readRecord(record, shared, startReading(replaced), () =>
      Buffer.from(envelope(record)),
    );
}

function readRecord(
  value: unknown,
  shared: { source: EventSource; reading: JsonReading },
  reading: JsonReading,
  raw: () => Uint8Array,
): DecodedRecord {
  const isObject = isJsonObject(value);
  if (!isObject) failReading(reading, 'a log record', 'an object', value);
  const record = readJsonLogRecord(reading, isObject ? value : {});
  const failure = shared.reading.failure ?? reading.failure;
  if (failure) return { status: 'unreadable', ...failure, raw: raw() };
  const sanitized = shared.reading.sanitized || reading.sanitized;
  return {
    status: 'read',
    record,
    source: shared.source,
    size: sizeRead(reading),
    flags: sanitized ? ['sanitized'] : [],
    raw,
  };
}

/** Writes a request that holds one record of the group, with resource and scope as long as `budget` allows it. */
function envelopeOf(
  group: JsonSource,
  budget: { left: number },
): (record: unknown) => string {
  let source: SourceTexts | undefined;
  return (record) => {
    source ??= sourceTexts(group);
    const size = source.ofResource.length + source.ofScope.length;
    const whole = size <= Math.min(limits.rawSourceBytes, budget.left);
    if (whole) budget.left -= size;
    const { ofResource, ofScope } = whole ? source : NO_SOURCE;
    return `{"resourceLogs":[{${ofResource}"scopeLogs":[{${ofScope}"logRecords":[${stringify(record)}]}]}]}`;
  };
}

/** The members of resource logs and of scope logs that are not their lists, each with a comma behind it. */
interface SourceTexts {
  ofResource: string;
  ofScope: string;
}

const NO_SOURCE: SourceTexts = { ofResource: '', ofScope: '' };

function sourceTexts(group: JsonSource): SourceTexts {
  const member = (name: string, value: unknown) =>
    value === undefined ? '' : `"${name}":${stringify(value)},`;
  return {
    ofResource:
      member('resource', group.resource) +
      member('schemaUrl', group.resourceSchemaUrl),
    ofScope:
      member('scope', group.scope) + member('schemaUrl', group.scopeSchemaUrl),
  };
}
