import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue, LogRecord } from 'audit-event';
import { cleanJson } from './clean-json';
import { makeEvent } from './make-event';
import { startPipeline } from './pipeline';
import {
  answer,
  recordingTransport,
  taken,
} from './recording-transport.test.helper';
import type { RecordingTransport } from './recording-transport.test.helper';
import { readSettings } from './settings';

function aPipeline(transport: RecordingTransport, input: object = {}) {
  const lines: string[] = [];
  const settings = readSettings({ spool: false, ...input }, 'test.', 'shop');
  const refused: string[] = [];
  const pipeline = startPipeline(settings, {
    transport,
    writeDiagnostic: (line) => lines.push(line),
    onRefused: ({ frame }) => refused.push(frame.id),
  });
  return { pipeline, lines, refused };
}

let made = 0;
const anEvent = (severity = 'low', meta: object = {}) =>
  makeEvent({
    id: `01980f5e-7c1a-7000-9d52-${String(++made).padStart(12, '0')}`,
    operationId: '01980f5e-7c1a-7000-9d52-5f0a6b1c2d3e',
    time: 1_768_473_000_000_000_000n,
    pluginId: 'shop',
    eventId: 'order-cancel',
    severity,
    status: 'succeeded',
    actor: { type: 'user', id: 'user:default/john' },
    meta: cleanJson(meta),
  });
const all = (records: LogRecord[], name: string): (JsonValue | undefined)[] =>
  records.map((record) => record.attributes[name]);

describe('startPipeline', () => {
  it('numbers the records of one stream without a gap', async () => {
    const transport = recordingTransport();
    const { pipeline } = aPipeline(transport);
    for (let i = 0; i < 5; i++) pipeline.emitter.emit(anEvent());
    await pipeline.close(5000);
    const { records } = transport;
    expect(all(records, 'audit.sequence.number')).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(all(records, 'audit.stream.id')).size).toBe(1);
    expect(pipeline.stats()).toEqual({
      emitted: 7,
      sent: 7,
      sentOfOthers: 0,
      refused: 0,
      dropped: { low: 0, medium: 0, high: 0, critical: 0 },
      waiting: { records: 0, bytes: 0 },
    });
  });

  it('maps severity to the numbers that are set', async () => {
    const transport = recordingTransport();
    const { pipeline } = aPipeline(transport, { severityNumbers: 'backstage' });
    for (const level of ['low', 'medium', 'high', 'critical'])
      pipeline.emitter.emit(anEvent(level));
    await pipeline.close(5000);
    expect(transport.records.map((record) => record.severityNumber)).toEqual([
      5, 9, 9, 9,
    ]);
  });

  it('counts and says what it drops, and records the gap once the receiver is back', async () => {
    let isDown = true;
    const transport = recordingTransport(() => (isDown ? answer(503) : taken));
    const { pipeline, lines } = aPipeline(transport, {
      queue: { maxRecords: 10 },
    });
    for (let i = 0; i < 12; i++) pipeline.emitter.emit(anEvent('low'));
    for (let i = 0; i < 3; i++) pipeline.emitter.emit(anEvent('critical'));
    expect(pipeline.stats().dropped.low).toBe(6);
    expect(lines.at(0)).toBe(
      'auditor-otel: dropped a low audit record: there is no room in the queue',
    );
    isDown = false;
    await pipeline.close(5000);
    const gap = transport.records.find(
      (record) => record.eventName === 'audit-log.stream-gap',
    );
    expect(gap?.attributes).toMatchObject({
      'audit.severity': 'high',
      'audit.status': 'failed',
      'audit.actor.id': 'shop',
      'audit.meta': {
        // The last one gave way to the end of the stream.
        fromSequence: 6,
        toSequence: 12,
        ranges: [[6, 12]],
        dropped: { low: 7 },
        reason:
          'there is no room in the queue; the queue is full, and a more severe record came',
      },
    });
    const { emitted, sent, dropped } = pipeline.stats();
    expect(emitted).toBe(sent + dropped.low);
  });

  it('puts on stderr what comes without room, and what gives way', async () => {
    const transport = recordingTransport(() => answer(503));
    const { pipeline, lines } = aPipeline(transport, {
      queue: { maxRecords: 10 },
      delivery: { whenFull: 'stderr' },
    });
    const emitted = ['low', 'critical'].flatMap((level) =>
      Array.from({ length: 10 }, () => pipeline.emitter.emit(anEvent(level))),
    );
    const written = lines.filter((line) =>
      line.startsWith('auditor-otel: audit record: '),
    );
    const { waiting } = pipeline.stats();
    // With the beginning of the stream.
    expect(waiting.records + written.length).toBe(emitted.length + 1);
    const isWritten = ({ id }: { id: string }) =>
      written.some((line) => line.includes(id));
    // Two had no room, the others made room.
    expect(emitted.slice(0, 10).every(isWritten)).toBe(true);
  });

  it('tells a caller who waits for the receiver that the record gave way', async () => {
    const transport = recordingTransport(() => answer(503));
    const { pipeline } = aPipeline(transport, { queue: { maxRecords: 10 } });
    const [strict, other] = [true, false].map((strict) =>
      pipeline.emitter.emit(anEvent('low'), { level: 'committed', strict }),
    );
    for (let i = 0; i < 9; i++) pipeline.emitter.emit(anEvent('critical'));
    await expect(strict!.receipt).rejects.toThrow(
      'was not kept: the queue is full, and a more severe record came',
    );
    expect(await other!.receipt).toMatchObject({ level: 'lost' });
    await pipeline.close(0);
  });

  it('counts and names a record that the receiver refuses', async () => {
    const transport = recordingTransport(() => answer(400));
    const { pipeline, lines, refused } = aPipeline(transport);
    const { id } = pipeline.emitter.emit(anEvent());
    await pipeline.close(5000);
    expect(pipeline.stats()).toMatchObject({ emitted: 3, sent: 0, refused: 3 });
    expect(refused).toContain(id);
    expect(lines[0]).toMatch(
      /^auditor-otel: the receiver refused audit record [-0-9a-f]{36}: status 400$/,
    );
  });

  it('drops, and does not throw at, an event that cannot be encoded', () => {
    const transport = recordingTransport();
    const { pipeline } = aPipeline(transport);
    const broken = { ...anEvent(), time: 'now' as unknown as bigint };
    expect(pipeline.emitter.emit(broken).status).toBe('dropped');
    expect(pipeline.stats().dropped.low).toBe(1);
  });

  it('drops, and does not throw at, an event that the outbox cannot take', async () => {
    const transport = recordingTransport();
    const directory = mkdtempSync(join(tmpdir(), 'audit-pipeline-'));
    const { pipeline } = aPipeline(transport, { spool: { directory } });
    const broken = { ...anEvent(), id: 17 as unknown as string };
    expect(pipeline.emitter.emit(broken).status).toBe('dropped');
    await pipeline.close(5000);
    rmSync(directory, { recursive: true });
    expect(pipeline.stats()).toMatchObject({ dropped: { low: 1 } });
    expect(all(transport.records, 'audit.event.id')).toEqual(['stream-gap']);
  });

  it('drops what comes after close, and says so', async () => {
    const { pipeline, lines } = aPipeline(recordingTransport());
    await pipeline.close(5000);
    expect(pipeline.emitter.emit(anEvent()).status).toBe('dropped');
    expect(pipeline.stats()).toMatchObject({
      dropped: { low: 1 },
      waiting: { records: 0 },
    });
    expect(lines).toEqual([
      'auditor-otel: dropped a low audit record: it came after close',
    ]);
  });

  it('says at close how much is left', async () => {
    const transport = recordingTransport(() => answer(503));
    const { pipeline } = aPipeline(transport);
    pipeline.emitter.emit(anEvent());
    expect(await pipeline.close(10)).toEqual({
      status: 'unsent',
      // With the first and the last of the stream.
      records: 3,
      keptIn: 'memory',
    });
  });
});
