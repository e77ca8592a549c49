import { Draft } from '../transcode/draft';
import { draftOfProtobuf } from '../transcode/protobuf-draft';
import { writeProtobufMeta } from '../transcode/protobuf-meta';
import type { Decoded, DecodedRecord, RecordVisitor, Visited } from './decoded';
import { limits } from './limits';
import { findRecords } from './protobuf-envelope';
import type { RecordGroup } from './protobuf-envelope';
import { readLogRecord } from './protobuf-log-record';
import { protobufOfOneRecord } from './protobuf-of-one-record';
import { ProtobufReader } from './protobuf-reader';
import { readResource, readScope } from './protobuf-source';
import type { Source } from './protobuf-source';
import { readAll } from './read-all';

/**
 * Shows the records of an ExportLogsServiceRequest (opentelemetry/proto/collector/logs/v1/logs_service.proto) to a
 * visitor in one pass over the bytes. Total: any bytes give a result, and a record that cannot be read costs no other.
 */
export function visitProtobuf(
  body: Uint8Array,
  visitor: RecordVisitor,
): Visited {
  const reader = new ProtobufReader(body);
  const draft = new Draft(reader.bytes);
  const budget = { left: limits.rawSourceBytesPerRequest };
  let resource: Source | undefined;
  let resourceSpans: RecordGroup['resource'] | undefined;
  const found = findRecords(reader.bytes);
  if (found.status !== 'found') return found;
  for (const group of found.groups) {
    if (resource === undefined || group.resource !== resourceSpans)
      resource = readResource(reader, group.resource, group.resourceSchemaUrl);
    resourceSpans = group.resource;
    const source = readScope(
      reader,
      resource,
      group.scope,
      group.scopeSchemaUrl,
    );
    const isClean = !source.failure && !source.sanitized;
    const { records } = group;
    for (let i = 0; i < records.length; i += 2) {
      const [start, end] = [records[i]!, records[i + 1]!];
      const isDone =
        isClean &&
        draftOfProtobuf(draft, start, end) &&
        visitor.draft(draft, source.source, writeProtobufMeta);
      if (!isDone)
        visitor.record(readRecord(reader, source, group, start, end, budget));
    }
  }
  return { status: 'visited' };
}

/**
 * Reads all records of a request in full.
 *
 * @example
 * const decoded = decodeProtobuf(body);
 * if (decoded.status === 'decoded') console.log(decoded.records.length);
 */
export function decodeProtobuf(body: Uint8Array): Decoded {
  return readAll((visitor) => visitProtobuf(body, visitor));
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
