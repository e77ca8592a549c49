import { toLogRecord } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { protobufEncoding } from 'auditor-otel';
import { protobuf } from 'collector-receiver';
import { sourceOf } from '../load/make-event';
import { createArrivals } from './arrivals';
import { planRecord } from './plan-record';

const origin = { seed: 1, startedAt: 1_700_000_000_000_000_000n };
const STREAM = '01a2065f-bcf1-7000-8548-6ffa80e596b6';

/** What process 0 emits as its n-th record. */
function emitted(n: number, changes: Partial<AuditEvent> = {}): AuditEvent {
  return {
    ...planRecord(origin, { process: 0, n }),
    severityNumber: 9,
    streamId: STREAM,
    sequence: n,
    source: sourceOf(0),
    ...changes,
  };
}

function countsOf(spooled: number[], events: AuditEvent[]) {
  const arrivals = createArrivals(origin);
  const encoding = protobufEncoding();
  const records = events.map((event) =>
    encoding.encodeRecord(toLogRecord(event)),
  );
  const decoded = protobuf.decode(encoding.encodeRequest(sourceOf(0), records));
  if (decoded.status === 'decoded') arrivals.add(decoded.records);
  for (const n of spooled) arrivals.spooled({ process: 0, n });
  arrivals.finish();
  return arrivals.findings.counts;
}

const clean = { lost: 0, phantom: 0, corrupt: 0, gap: 0, left: 0 };

it.each<[string, number[], AuditEvent[], Partial<typeof clean>]>([
  ['nothing wrong', [0, 1], [emitted(0), emitted(1)], {}],
  ['a record that came twice', [0], [emitted(0), emitted(0)], {}],
  ['a record that never came', [0, 1], [emitted(0)], { lost: 1 }],
  ['a gap', [0, 2], [emitted(0), emitted(2)], { gap: 1 }],
  [
    'another meta',
    [0],
    [emitted(0, { meta: { ...emitted(0).meta, text: 'other' } })],
    { corrupt: 1 },
  ],
  [
    'another place in the stream when it came again',
    [0],
    [emitted(0), emitted(0, { sequence: 1 })],
    { corrupt: 1 },
  ],
  [
    'a record that nobody made',
    [],
    [emitted(0, { id: STREAM })],
    { phantom: 1 },
  ],
])('finds %s', (_, spooled, events, expected) => {
  expect(countsOf(spooled, events)).toEqual({ ...clean, ...expected });
});
