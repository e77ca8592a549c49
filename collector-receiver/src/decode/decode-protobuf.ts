import type { Decoded, DecodedRecord } from './decoded';
import { limits } from './limits';
import { findRecords } from './protobuf-envelope';
import type { RecordGroup, Spans } from './protobuf-envelope';
import { readLogRecord } from './protobuf-log-record';
import { protobufOfOneRecord } from './protobuf-of-one-record';
import { ProtobufReader } from './protobuf-reader';
import { readResource, readScope } from './protobuf-source';
import type { Source } from './protobuf-source';

/** The records of one instrumentation scope, found but not yet read. */
export interface ProtobufGroup {
  source: Source;
  /** Where the records lie. */
  records: Spans;
  /** Reads one of them in full. */
  read: (start: number, end: number) => DecodedRecord;
}

/**
 * Finds the records of an ExportLogsServiceRequest (opentelemetry/proto/collector/logs/v1/logs_service.proto) and reads
 * where they come from. Total: any bytes give a result.
 */
export function openProtobuf(
  bytes: Buffer,
):
  | { status: 'open'; groups: ProtobufGroup[] }
  | Exclude<Decoded, { status: 'decoded' }> {
  const reader = new ProtobufReader(bytes);
  const budget = { left: limits.rawSourceBytesPerRequest };
  const found = findRecords(bytes);
  if (found.status !== 'found') return found;
  let resource: Source | undefined;
  let resourceSpans: Spans | undefined;
  const groups = found.groups.map((group) => {
    if (resource === undefined || group.resource !== resourceSpans)
      resource = readResource(reader, group.resource, group.resourceSchemaUrl);
    resourceSpans = group.resource;
    const source = readScope(
      reader,
      resource,
      group.scope,
      group.scopeSchemaUrl,
    );
    const read = (start: number, end: number) =>
      readRecord(reader, source, group, start, end, budget);
    return { source, records: group.records, read };
  });
  return { status: 'open', groups };
}

/**
 * Reads all records of a request in full; one that cannot be read costs no other.
 *
 * @example
 * const decoded = decodeProtobuf(body);
 * if (decoded.status === 'decoded') console.log(decoded.records.length);
 */
export function decodeProtobuf(body: Uint8Array): Decoded {
  const request = openProtobuf(bufferOf(body));
  if (request.status !== 'open') return request;
  const records: DecodedRecord[] = [];
  for (const { records: spans, read } of request.groups)
    for (let i = 0; i < spans.length; i += 2)
      records.push(read(spans[i]!, spans[i + 1]!));
  return { status: 'decoded', records };
}

/** The same bytes, as a Buffer. */
export function bufferOf({
  buffer,
  byteOffset,
  byteLength,
}: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function readRecord(
  reader: ProtobufReader,
  source: Source,
  group: RecordGroup,
  start: number,
  end: number,
  budget: { left: number },
): DecodedRecord {
  const { bytes } = reader;
  const raw = () => protobufOfOneRecord(bytes, group, start, end, budget);
  reader.startMessage(start, end, false);
  const record = readLogRecord(reader);
  const failure = source.failure ?? reader.failure;
  if (failure) return { status: 'unreadable', ...failure, raw: raw() };
  const sanitized = source.sanitized || reader.sanitized;
  return {
    status: 'read',
    record,
    source: source.source,
    size: end - start,
    flags: sanitized ? ['sanitized'] : [],
    raw,
  };
}
