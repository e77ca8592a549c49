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

/**
 * Reads a Resource: attributes 1. Invalid text in it costs no record: it is replaced and they are flagged.
 *
 * @param schemaUrl of the resource logs
 */
export function readResource(
  reader: ProtobufReader,
  pieces: Spans,
  schemaUrl: Spans,
): Source {
  const resource = emptyJsonObject();
  startLeniently(reader);
  readFields(reader, pieces, (tag) => {
    if (tag === 0x0a)
      reader.readMessage(() => readKeyValue(reader, resource, 0));
    else reader.skip(tag);
  });
  const source = { resource, schemaUrl: readText(reader, schemaUrl) };
  return { source, sanitized: reader.sanitized, failure: reader.failure };
}

/**
 * Reads an InstrumentationScope into the source: name 1, version 2, attributes 3.
 *
 * @param schemaUrl of the scope logs
 */
export function readScope(
  reader: ProtobufReader,
  of: Source,
  pieces: Spans,
  schemaUrl: Spans,
): Source {
  let name: string | undefined;
  let version: string | undefined;
  const attributes = emptyJsonObject();
  let hasAttributes = false;
  startLeniently(reader);
  readFields(reader, pieces, (tag) => {
    if (tag === 0x0a) name = reader.readString() || undefined;
    else if (tag === 0x12) version = reader.readString() || undefined;
    else if (tag === 0x1a) {
      hasAttributes = true;
      reader.readMessage(() => readKeyValue(reader, attributes, 0));
    } else reader.skip(tag);
  });
  return {
    // Always in this order: the id of a record that has none is a hash of it.
    source: {
      ...of.source,
      scopeName: name,
      scopeVersion: version,
      scopeAttributes: hasAttributes ? attributes : undefined,
      scopeSchemaUrl: readText(reader, schemaUrl),
    },
    sanitized: of.sanitized || reader.sanitized,
    failure: of.failure ?? reader.failure,
  };
}

function startLeniently(reader: ProtobufReader): void {
  reader.startMessage(0, reader.bytes.length, true);
}

function readFields(
  reader: ProtobufReader,
  pieces: Spans,
  readField: (tag: number) => void,
): void {
  if (pieces.length > 0)
    reader.readPieces(pieces, () => {
      for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag())
        readField(tag);
    });
}

function readText(
  reader: ProtobufReader,
  [start, end]: Spans,
): string | undefined {
  if (start === undefined || end === undefined) return undefined;
  return reader.readWithin(start, end, () => reader.readString()) || undefined;
}
