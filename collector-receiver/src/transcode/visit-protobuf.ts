import { bufferOf, openProtobuf } from '../decode/decode-protobuf';
import { Draft } from './draft';
import { draftOfProtobuf } from './protobuf-draft';
import { writeProtobufMeta } from './protobuf-meta';
import type { RecordVisitor, Visited } from './record-visitor';

/** Shows the records of a protobuf request to a visitor, in one pass over the bytes. */
export function visitProtobuf(
  body: Uint8Array,
  visitor: RecordVisitor,
): Visited {
  const bytes = bufferOf(body);
  const draft = new Draft(bytes);
  const request = openProtobuf(bytes);
  if (request.status !== 'open') return request;
  for (const { source, records, read } of request.groups) {
    const isClean = !source.failure && !source.sanitized;
    for (let i = 0; i < records.length; i += 2) {
      const [start, end] = [records[i]!, records[i + 1]!];
      const isDone =
        isClean &&
        draftOfProtobuf(draft, start, end) &&
        visitor.draft(draft, source.source, writeProtobufMeta);
      if (!isDone) visitor.record(read(start, end));
    }
  }
  return { status: 'visited' };
}
