import { emptyJsonObject } from 'audit-event';
import type { LogRecord } from 'audit-event';
import type { ProtobufReader } from './protobuf-reader';
import { readAnyValue, readKeyValue } from './protobuf-any-value';
import { spanIdOf, traceIdOf } from './trace-ids';

/** Reads a LogRecord; its field numbers are at the type. What went wrong is in `reader.failure`. */
export function readLogRecord(reader: ProtobufReader): LogRecord {
  const record: LogRecord = {
    timeUnixNano: 0n,
    observedTimeUnixNano: 0n,
    severityNumber: 0,
    severityText: '',
    body: null,
    attributes: emptyJsonObject(),
    droppedAttributesCount: 0,
    flags: 0,
    traceId: '',
    spanId: '',
    eventName: '',
  };
  let body: number[] | undefined;
  for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag()) {
    switch (tag) {
      case 0x09:
        record.timeUnixNano = reader.readFixed64();
        break;
      case 0x10:
        record.severityNumber = reader.readUint32() | 0;
        break;
      case 0x1a:
        record.severityText = reader.readString();
        break;
      case 0x2a:
        (body ??= []).push(reader.readSpan(), reader.pos);
        break;
      case 0x32:
        reader.readMessage(() => readKeyValue(reader, record.attributes, 0));
        break;
      case 0x38:
        record.droppedAttributesCount = reader.readUint32();
        break;
      case 0x45:
        record.flags = reader.readFixed32();
        break;
      case 0x4a:
        record.traceId = traceIdOf(readHex(reader));
        break;
      case 0x52:
        record.spanId = spanIdOf(readHex(reader));
        break;
      case 0x59:
        record.observedTimeUnixNano = reader.readFixed64();
        break;
      case 0x62:
        record.eventName = reader.readString();
        break;
      default:
        reader.skip(tag);
    }
  }
  if (body !== undefined)
    record.body = reader.readPieces(body, () => readAnyValue(reader, 0));
  return record;
}

function readHex(reader: ProtobufReader): string {
  const start = reader.readSpan();
  // No id is longer than 16 bytes; of a longer one only its being too long matters.
  return reader.bytes.toString('hex', start, Math.min(reader.pos, start + 17));
}
