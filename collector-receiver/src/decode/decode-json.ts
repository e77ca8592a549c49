import { isUtf8 } from 'node:buffer';
import { isJsonObject } from 'audit-event';
import type { EventSource } from 'audit-event';
import type { Decoded, DecodedRecord } from './decoded';
import { findJsonRecords } from './json-envelope';
import type { JsonSource } from './json-envelope';
import { readJsonLogRecord } from './json-log-record';
import { failReading, sizeRead, startReading } from './json-reading';
import type { JsonReading } from './json-reading';
import { readJsonSource } from './json-source';
import { limits } from './limits';
import { parseLosslessly } from './lossless-json';
import { stringify } from './stringify';
import { messageOf } from '../message-of';

/**
 * Reads an ExportLogsServiceRequest in OTLP/JSON (opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), with the
 * same result as `decodeProtobuf` for the same records. Invalid UTF-8 is read as U+FFFD rather than lost.
 *
 * @example
 * decodeJson(Buffer.from('{"resourceLogs":[]}')); // { status: 'decoded', records: [] }
 */
export function decodeJson(body: Uint8Array): Decoded {
  const replaced = !isUtf8(body);
  const request = parseJson(new TextDecoder().decode(body));
  if (request.status === 'broken')
    return {
      status: 'malformed',
      reason: `cannot parse the body as JSON: ${request.reason}`,
    };
  const budget = { left: limits.rawSourceBytesPerRequest };
  const found = findJsonRecords(request.value);
  if (found.status !== 'found') return found;
  return {
    status: 'decoded',
    records: found.groups.flatMap((group) =>
      group.records.map(openJsonGroup(group, replaced, budget).read),
    ),
  };
}

/** JSON as a value. */
export function parseJson(
  text: string,
): { status: 'parsed'; value: unknown } | { status: 'broken'; reason: string } {
  try {
    return { status: 'parsed', value: parseLosslessly(text) };
  } catch (error) {
    return { status: 'broken', reason: messageOf(error) };
  }
}

/** Where the records of one instrumentation scope come from, and how each is read. */
export interface JsonGroup {
  source: EventSource;
  /** Whether the source is as it was sent. */
  isClean: boolean;
  read: (record: unknown) => DecodedRecord;
}

/**
 * Reads the source of records.
 *
 * @param replaced whether invalid UTF-8 was replaced in the text
 * @param budget bytes of sources that may still be copied into the raw bytes of records
 */
export function openJsonGroup(
  group: JsonSource,
  replaced: boolean,
  budget: { left: number },
): JsonGroup {
  const shared = readJsonSource(group, replaced);
  const envelope = envelopeOf(group, budget);
  const { failure, sanitized } = shared.reading;
  return {
    source: shared.source,
    isClean: !failure && !sanitized,
    read: (record) =>
      readRecord(record, shared, startReading(replaced), () =>
        Buffer.from(envelope(record)),
      ),
  };
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
