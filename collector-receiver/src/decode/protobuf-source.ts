import { emptyJsonObject } from 'audit-event';
import type { EventSource } from 'audit-event';
import type { Spans } from './protobuf-envelope';
import { readKeyValue } from './protobuf-any-value';
import type { ProtobufReader } from './protobuf-reader';

/** The source of records, how reading it went, and with it whether they can be read. */
export interface Source {
  source: EventSource;
  sanitized: boolean;
  failure: ProtobufReader['failure'];
}

/** Reads a Resource: attributes 1. Invalid text in it costs no record: it is replaced and they are flagged. */
export function readResource(reader: ProtobufReader, pieces: Spans): Source {
  const resource = emptyJsonObject();
  return readLeniently(reader, pieces, { resource }, (tag) => {
    if (tag === 0x0a)
      reader.readMessage(() => readKeyValue(reader, resource, 0));
    else reader.skip(tag);
  });
}

/** Reads an InstrumentationScope into the source: name 1, version 2. */
export function readScope(
  reader: ProtobufReader,
  of: Source,
  pieces: Spans,
): Source {
  const source = { ...of.source };
  const scope = readLeniently(reader, pieces, source, (tag) => {
    if (tag === 0x0a) source.scopeName = reader.readString() || undefined;
    else if (tag === 0x12)
      source.scopeVersion = reader.readString() || undefined;
    else reader.skip(tag);
  });
  return {
    source,
    sanitized: of.sanitized || scope.sanitized,
    failure: of.failure ?? scope.failure,
  };
}

function readLeniently(
  reader: ProtobufReader,
  pieces: Spans,
  source: EventSource,
  readField: (tag: number) => void,
): Source {
  reader.startMessage(0, reader.bytes.length, true);
  if (pieces.length > 0)
    reader.readPieces(pieces, () => {
      for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag())
        readField(tag);
    });
  return { source, sanitized: reader.sanitized, failure: reader.failure };
}
