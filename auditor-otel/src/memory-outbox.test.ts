import { severityLevels } from 'audit-event';
import type { SeverityLevel } from 'audit-event';
import fc from 'fast-check';
import { createMemoryOutbox } from './memory-outbox';
import type { Batch, Frame } from './outbox';

const kind = {
  streamId: '01980f5e-7c1a-7000-9d52-000000000000',
  encoding: 'protobuf' as const,
  source: { resource: {} },
};
let made = 0;
const aFrame = (severityLevel: SeverityLevel, size = 10): Frame => ({
  id: `${severityLevel}-${++made}`,
  severityLevel,
  isKept: false,
  sequence: made,
  bytes: new Uint8Array(size),
});

function anOutbox(maxRecords: number, maxBytes = 1_000_000) {
  const dropped: Frame[] = [];
  const outbox = createMemoryOutbox({
    kind,
    maxRecords,
    maxBytes,
    onDropped: (frame) => dropped.push(frame),
  });
  const fill = (...levels: SeverityLevel[]) =>
    levels.map((level) => {
      const frame = aFrame(level);
      outbox.append(frame);
      return frame;
    });
  return { outbox, dropped, fill };
}

describe('a memory outbox', () => {
  it('gives the oldest first, whatever their severity', () => {
    const { outbox, fill } = anOutbox(100);
    const frames = fill('low', 'critical', 'low', 'medium', 'high');
    expect(outbox.take(4, 1000)?.frames).toEqual(frames.slice(0, 4));
    expect(outbox.take(4, 1000)?.frames).toEqual(frames.slice(4));
    expect(outbox.take(4, 1000)).toBeUndefined();
  });

  it('fills a batch up to its bytes, and gives a record that is larger alone', () => {
    const { outbox } = anOutbox(100);
    for (const size of [400, 500, 200, 2000, 10])
      outbox.append(aFrame('low', size));
    const sizes = () =>
      outbox.take(10, 1000)?.frames.map((frame) => frame.bytes.length);
    expect(sizes()).toEqual([400, 500]);
    expect(sizes()).toEqual([200]);
    expect(sizes()).toEqual([2000]);
    expect(sizes()).toEqual([10]);
  });

  it('keeps what is taken until it is settled', () => {
    const { outbox, fill } = anOutbox(100);
    fill('low', 'low', 'low');
    const batch = outbox.take(2, 1000)!;
    expect(outbox.size()).toEqual({
      records: 3,
      bytes: 30,
      waitingRecords: 1,
      waitingBytes: 10,
    });
    outbox.settle(batch, 'sent');
    outbox.settle(batch, 'sent');
    expect(outbox.size()).toMatchObject({ records: 1, bytes: 10 });
  });

  it('gives again, in order, what is to be retried', () => {
    const { outbox, fill } = anOutbox(100);
    const frames = fill('low', 'high', 'low', 'medium');
    const first = outbox.take(2, 1000)!;
    const second = outbox.take(1, 1000)!;
    outbox.settle(second, 'retry');
    outbox.settle({ ...kind, frames: [first.frames[1]!] }, 'retry');
    outbox.settle({ ...kind, frames: [first.frames[0]!] }, 'refused');
    expect(outbox.take(9, 1000)?.frames).toEqual(frames.slice(1));
  });

  it('gives again in order what comes back in any order', () => {
    const { outbox, fill } = anOutbox(100);
    const frames = fill('low', 'low', 'low');
    const batches = frames.map(() => outbox.take(1, 1000)!);
    for (const index of [1, 0, 2]) outbox.settle(batches[index]!, 'retry');
    expect(outbox.take(9, 1000)?.frames).toEqual(frames);
  });

  it.each<[string, SeverityLevel[], SeverityLevel, string[]]>([
    ['a low one', ['low', 'medium', 'low'], 'low', ['full']],
    [
      'a medium one for the newest low',
      ['low', 'low', 'medium'],
      'medium',
      ['queued', '1'],
    ],
    [
      'a medium one that finds no low',
      ['medium', 'high', 'medium'],
      'medium',
      ['full'],
    ],
  ])('when nine tenths are full, drops %s', (_, levels, level, expected) => {
    const { outbox, dropped, fill } = anOutbox(3 / 0.9);
    const frames = fill(...levels);
    expect([
      outbox.append(aFrame(level)),
      ...dropped.map((frame) => String(frames.indexOf(frame))),
    ]).toEqual(expected);
  });

  it('keeps a tenth of the room for high and critical ones', () => {
    const { outbox, dropped, fill } = anOutbox(10);
    fill(...Array.from({ length: 9 }, () => 'low' as const));
    expect(outbox.append(aFrame('low'))).toBe('full');
    expect(outbox.append(aFrame('high'))).toBe('queued');
    expect(dropped).toEqual([]);
  });

  it('drops the newest low, then the newest medium ones for a critical one, never high ones', () => {
    const { outbox, dropped, fill } = anOutbox(4);
    const frames = fill('low', 'medium', 'low', 'high');
    const results = [1, 2, 3, 4].map(() => outbox.append(aFrame('critical')));
    expect(dropped).toEqual([frames[2], frames[0], frames[1]]);
    expect(results).toEqual(['queued', 'queued', 'queued', 'full']);
  });

  it('drops nothing in vain for a record that would not fit even so', () => {
    const { outbox, dropped, fill } = anOutbox(100, 100);
    fill('low', 'high');
    expect(outbox.append(aFrame('critical', 95))).toBe('full');
    expect(dropped).toEqual([]);
  });

  it('does not drop what is on its way', () => {
    const { outbox, dropped, fill } = anOutbox(2);
    fill('low');
    outbox.take(1, 1000);
    fill('high');
    expect(outbox.append(aFrame('critical'))).toBe('full');
    expect(dropped).toEqual([]);
  });

  it('gives or drops each record exactly once, stays within its bounds, and counts right', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('append' as const),
        level: fc.constantFrom(...severityLevels),
        size: fc.integer({ min: 1, max: 40 }),
      }),
      fc.record({ do: fc.constant('take' as const) }),
      fc.record({
        do: fc.constantFrom('sent' as const, 'retry' as const),
        batch: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { outbox, dropped } = anOutbox(12, 200);
        const appended: Frame[] = [];
        const settled: Frame[] = [];
        const open: Batch[] = [];
        for (const todo of steps) {
          if (todo.do === 'append') {
            const frame = aFrame(todo.level, todo.size);
            if (outbox.append(frame) === 'queued') appended.push(frame);
          } else if (todo.do === 'take') {
            const batch = outbox.take(3, 60);
            if (batch) open.push(batch);
          } else if (open.length > 0) {
            const [batch] = open.splice(todo.batch % open.length, 1);
            outbox.settle(batch!, todo.do);
            if (todo.do === 'sent') settled.push(...batch!.frames);
          }
          const size = outbox.size();
          expect(size.records).toBeLessThanOrEqual(12);
          expect(size.bytes).toBeLessThanOrEqual(200);
        }
        const rest: Frame[] = [];
        for (let batch; (batch = outbox.take(3, 60));)
          rest.push(...batch.frames);
        const taken = open.flatMap((batch) => batch.frames);
        const sequences = (frames: Frame[]) =>
          frames.map((frame) => frame.sequence).sort((a, b) => a - b);
        expect(sequences([...settled, ...taken, ...rest, ...dropped])).toEqual(
          sequences(appended),
        );
        expect(sequences(rest)).toEqual(rest.map((frame) => frame.sequence));
        expect(outbox.size()).toMatchObject({
          records: taken.length + rest.length,
          waitingRecords: 0,
          waitingBytes: 0,
        });
      }),
    );
  });

  it('stays small over many records', () => {
    const { outbox } = anOutbox(5000);
    for (let round = 0; round < 5000; round++) {
      outbox.append(aFrame('low'));
      outbox.settle(outbox.take(1, 1000)!, 'sent');
    }
    expect(outbox.size()).toMatchObject({ records: 0, bytes: 0 });
  });
});
