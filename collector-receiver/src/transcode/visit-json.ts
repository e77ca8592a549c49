import { isUtf8 } from 'node:buffer';
import { decodeJson } from '../decode/decode-json';
import { bufferOf } from '../decode/decode-protobuf';
import type { RecordVisitor, Visited } from './record-visitor';
import { visitUsualJson } from './visit-usual-json';

/** Shows the records of an OTLP/JSON request to a visitor. */
export function visitJson(body: Uint8Array, visitor: RecordVisitor): Visited {
  const bytes = bufferOf(body);
  if (isUtf8(bytes) && visitUsualJson(bytes, visitor))
    return { status: 'visited' };
  visitor.restart();
  const decoded = decodeJson(bytes);
  if (decoded.status !== 'decoded') return decoded;
  decoded.records.forEach((record) => visitor.record(record));
  return { status: 'visited' };
}
