import { limits } from './limits';
import { findRecords } from './protobuf-envelope';
import type { RecordGroup } from './protobuf-envelope';
import type { Decoded, DecodedRecord } from './decoded';
import { readLogRecord } from './protobuf-log-record';
import { protobufOfOneRecord } from './protobuf-of-one-record';
import { ProtobufReader } from './protobuf-reader';
import { readResource, readScope } from './protobuf-source';
import type { Source } from './protobuf-source';

/**
 * Reads an ExportLogsServiceRequest (opentelemetry/proto/collector/logs/v1/logs_service.proto) in one pass over the
 * bytes. Total: any bytes give a result, and a record that cannot be read costs no other.
 *
 * @example
 * const decoded = decodeProtobuf(body);
 * if (decoded.status === 'decoded') console.log(decoded.records.length);
 */
export function decodeProtobuf(body: Uint8Array): Decoded {
  const reader = new ProtobufReader(body);
  const records: DecodedRecord[] = [];
  let source: Source | undefined;
  let resource: RecordGroup['resource'] | undefined;
  const budget = { left: limits.rawSourceBytesPerRequest };
  const found = findRecords(reader.bytes);
  if (found.status !== 'found') return found;
  for (const group of found.groups) {
    if (source === undefined || group.resource !== resource)
      source = readResource(reader, group.resource, group.resourceSchemaUrl);
    resource = group.resource;
    const scoped = readScope(reader, source, group.scope, group.scopeSchemaUrl);
    const { records: spans } = group;
    for (let i = 0; i < spans.length; i += 2)
      records.push(
        readRecord(reader, scoped, group, spans[i]!, spans[i + 1]!, budget),
      );
  }
  return { status: 'decoded', records };
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
