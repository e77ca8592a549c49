import { placeInStream } from 'audit-event';
import type { EventSource } from 'audit-event';
import { fitSizes, fitSource, Rows, StreamRanges } from 'audit-event/store';
import type { Commit, QuarantinedRecord, Received } from 'audit-event/store';
import type { DecodedRecord } from './decode/decoded';
import type { Encoding } from './encoding';
import { eventOfRecord } from './event-of-record';
import type { EventOrQuarantine, ForeignRecords } from './event-of-record';
import { subjectOf } from 'audit-event/exclude';
import type { RuleSet, RuleSubject } from 'audit-event/exclude';
import type { RecordVisitor } from './transcode/record-visitor';
import { streamIdReader } from './transcode/stream-id-reader';
import { writeDraft } from './transcode/write-draft';

export interface ReceiveDeps {
  /** The exclusion rules in force. */
  rules: () => RuleSet;
  foreignRecords: ForeignRecords;
  commit: Commit;
}

export type ReceiveOutcome =
  { status: 'stored' } | { status: 'malformed' | 'too-large'; reason: string };

/**
 * One OTLP request in, one outcome out: decode, leave out, commit. No record costs another, and none vanishes: what
 * cannot be stored is quarantined in the same commit, so that partial success, which senders treat as loss, is never
 * needed.
 *
 * @throws when the commit fails: nothing is known to be stored
 */
export async function receive(
  body: Uint8Array,
  encoding: Encoding,
  deps: ReceiveDeps,
): Promise<ReceiveOutcome> {
  const { received, visitor } = sortInto(body, encoding, deps);
  const visited = encoding.visit(body, visitor);
  if (visited.status !== 'visited') return visited;
  if (received.received > 0) await deps.commit(received);
  return { status: 'stored' };
}

/** Room for rows, as a share of the body: ours take half of protobuf and a quarter of JSON; it grows when it is too small. */
const ROW_SHARE = 0.6;

/** Makes the visitor that has each record stored, excluded or quarantined. */
function sortInto(
  body: Uint8Array,
  encoding: Encoding,
  deps: ReceiveDeps,
): { received: Received; visitor: RecordVisitor } {
  // One set for the whole request, whatever is reloaded meanwhile: its hash is stored with the counts.
  const rules = deps.rules();
  const rows = new Rows(Math.ceil(body.length * ROW_SHARE));
  const excluded = new Map<string, number>();
  const quarantined: QuarantinedRecord[] = [];
  const ranges = new StreamRanges();
  const streamIdOf = streamIdReader();
  const received: Received = {
    bytes: body.length,
    received: 0,
    events: { rows, raw: (number) => rawOf(body, encoding, number) },
    excluded,
    quarantined,
    ranges: ranges.all,
    rulesHash: rules.hash,
  };

  let lastSource: EventSource | undefined;
  let isLastCut = false;

  function isExcluded(subject: RuleSubject): boolean {
    const rule = rules.excludedBy(subject);
    if (rule === undefined) return false;
    excluded.set(rule, (excluded.get(rule) ?? 0) + 1);
    return true;
  }

  /** Whether the source of a record had to be cut, so that the record has to say so. */
  function isCut(source: EventSource): boolean {
    if (source !== lastSource) isLastCut = fitSource(source);
    lastSource = source;
    return isLastCut;
  }

  const visitor: RecordVisitor = {
    draft(draft, source, writeMeta) {
      if (isCut(source)) return false;
      rows.begin();
      const isWritten = writeDraft(rows.out, draft, source, writeMeta);
      // Rules come second: a record that has to be quarantined is no event that a rule could mean.
      const isRow = isWritten && !isExcluded(draft);
      if (isRow) rows.end(draft.time, source, received.received);
      else rows.drop();
      if (!isWritten) return false;
      received.received += 1;
      const streamId = streamIdOf(draft);
      if (streamId !== undefined && draft.sequence >= 0)
        ranges.note(
          streamId,
          draft.sequence,
          draft.time,
          isRow ? source : undefined,
        );
      return true;
    },
    record(record) {
      const number = received.received++;
      const made = eventOf(record, deps.foreignRecords);
      if (made.status === 'quarantine') {
        const { reason, detail } = made;
        const raw = record.status === 'read' ? record.raw() : record.raw;
        quarantined.push({ reason, detail, encoding: encoding.name, raw });
        const place =
          record.status === 'read' ? placeInStream(record.record) : undefined;
        if (place) ranges.note(place.streamId, place.sequence, NaN, undefined);
        return;
      }
      const { event } = made;
      const isRow = !isExcluded(subjectOf(event));
      if (isRow) rows.add(fitSizes(event, sizeOf(record)), number);
      const { streamId, sequence, source } = event;
      if (streamId !== undefined && sequence !== undefined)
        ranges.note(
          streamId,
          sequence,
          Number(event.time / 1000n),
          isRow ? source : undefined,
        );
    },
    restart() {
      received.received = 0;
      rows.clear();
      excluded.clear();
      quarantined.splice(0);
      ranges.clear();
    },
  };
  return { received, visitor };
}

function eventOf(
  record: DecodedRecord,
  foreignRecords: ForeignRecords,
): EventOrQuarantine {
  return record.status === 'read'
    ? eventOfRecord(record, foreignRecords)
    : { ...record, status: 'quarantine' };
}

/** One record of a request by its number, as a request of its own: read again, for this is rarely asked. */
function rawOf(
  body: Uint8Array,
  encoding: Encoding,
  number: number,
): Pick<QuarantinedRecord, 'encoding' | 'raw'> {
  const decoded = encoding.decode(body);
  const record =
    decoded.status === 'decoded' ? decoded.records[number] : undefined;
  const raw = record?.status === 'read' ? record.raw() : record?.raw;
  return { encoding: encoding.name, raw: raw ?? body };
}

/** On the wire; only records that were read become events. */
function sizeOf(record: DecodedRecord): number {
  return record.status === 'read' ? record.size : Infinity;
}
