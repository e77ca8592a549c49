import { limits } from './limits';
import { ProtobufReader } from './protobuf-reader';

/** Where messages lie in the bytes: start and end of the first, start and end of the second, and so on. */
export type Spans = number[];

/** The records of one instrumentation scope. `resource` is the same object for all scopes of a resource. */
export interface RecordGroup {
  /** The pieces of the resource: usually one, none when absent. */
  resource: Spans;
  scope: Spans;
  records: Spans;
  /** The schema URL of the resource logs with its length before it, none when absent. */
  resourceSchemaUrl: Spans;
  /** That of the scope logs. */
  scopeSchemaUrl: Spans;
}

export type Found =
  | { status: 'found'; groups: RecordGroup[] }
  | { status: 'malformed'; reason: string }
  | { status: 'too-large'; reason: string };

/**
 * Finds the records of an ExportLogsServiceRequest without reading them: resource_logs 1 { resource 1, scope_logs 2 {
 * scope 1, log_records 2, schema_url 3 }, schema_url 3 }. It goes first because a resource may come after its records, and because only here a
 * broken length costs the whole request.
 */
export function findRecords(bytes: Buffer): Found {
  const envelope = new Envelope(bytes);
  const groups: RecordGroup[] = [];
  const [resourceLogs] = envelope.read([0, bytes.length], 0);
  for (let i = 0; i < resourceLogs.length; i += 2) {
    const [resource, scopeLogs, resourceSchemaUrl] = envelope.read(
      resourceLogs,
      i,
    );
    for (let j = 0; j < scopeLogs.length; j += 2) {
      const [scope, records, scopeSchemaUrl] = envelope.read(scopeLogs, j);
      envelope.count(records);
      if (records.length > 0)
        groups.push({
          resource,
          scope,
          records,
          resourceSchemaUrl,
          scopeSchemaUrl,
        });
    }
  }
  return envelope.outcome(groups);
}

/** The envelope with what is still allowed of it; after a failure every further message reads as empty. */
class Envelope {
  private readonly reader: ProtobufReader;
  private partsLeft: number = limits.partsPerRequest;
  private recordsLeft: number = limits.recordsPerRequest;

  constructor(bytes: Buffer) {
    this.reader = new ProtobufReader(bytes);
  }

  /**
   * Where fields 1 and 2 of one message lie, and the last field 3 with its length: all three messages of the envelope
   * use these numbers.
   */
  read(spans: Spans, at: number): [Spans, Spans, Spans] {
    const first: Spans = [];
    const second: Spans = [];
    let third: Spans = [];
    const { reader } = this;
    if (this.isTooLarge) return [first, second, third];
    reader.readWithin(spans[at]!, spans[at + 1]!, () => {
      for (let tag = reader.nextTag(); tag !== 0; tag = reader.nextTag()) {
        const { pos } = reader;
        if (tag !== 0x0a && tag !== 0x12) {
          reader.skip(tag);
          if (tag === 0x1a) third = [pos, reader.pos];
        } else if (--this.partsLeft < 0) break;
        else
          (tag === 0x0a ? first : second).push(reader.readSpan(), reader.pos);
      }
    });
    return [first, second, third];
  }

  count(records: Spans): void {
    this.recordsLeft -= records.length / 2;
  }

  outcome(groups: RecordGroup[]): Found {
    const { failure } = this.reader;
    if (failure)
      return {
        status: 'malformed',
        reason: `cannot read the body as an ExportLogsServiceRequest in protobuf: ${failure.detail}`,
      };
    if (this.isTooLarge)
      return {
        status: 'too-large',
        reason: `expected at most ${limits.recordsPerRequest} log records in one request: send smaller batches`,
      };
    return { status: 'found', groups };
  }

  private get isTooLarge(): boolean {
    return this.partsLeft < 0 || this.recordsLeft < 0;
  }
}
