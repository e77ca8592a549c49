import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditor } from 'auditor-otel';
import type { AuditorOptions } from 'auditor-otel';
import { startReceiver } from './receiver';

const cancel = {
  eventId: 'order-cancel',
  actor: { type: 'user', id: 'user:default/john' },
} as const;

async function start(options: AuditorOptions = {}) {
  const receiver = await startReceiver();
  const auditor = createAuditor({
    endpoint: receiver.url,
    serviceName: 'shop',
    spool: false,
    ...options,
  });
  return { receiver, auditor };
}

describe('createAuditor', () => {
  it('records what already happened, with its own time and ids', async () => {
    const { receiver, auditor } = await start();
    const id = '01980f5e-7c1a-7000-9d52-5f0a6b1c2d3e';
    const operationId = '01980f5e-7c1a-7000-9d52-5f0a6b1c2d3f';
    const emitted = auditor.record({
      ...cancel,
      status: 'failed',
      pluginId: 'orders',
      time: new Date('2025-03-01T12:00:00Z'),
      id,
      operationId,
      error: new RangeError('too late'),
      trace: { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) },
    });
    await auditor.close();
    await receiver.close();
    expect(emitted).toMatchObject({ status: 'queued', id });
    const [record] = receiver.stored();
    expect(record?.timeUnixNano).toBe(1_740_830_400_000_000_000n);
    expect(record!.observedTimeUnixNano).toBeGreaterThan(record!.timeUnixNano);
    expect(record).toMatchObject({
      traceId: 'ab'.repeat(16),
      eventName: 'orders.order-cancel',
      attributes: {
        'log.record.uid': id,
        'audit.operation.id': operationId,
        'error.type': 'RangeError',
        'exception.message': 'too late',
      },
    });
  });

  it('outlives what plain JavaScript may do to it', async () => {
    const { receiver, auditor } = await start({
      activeTrace: () => {
        throw new Error('no tracing today');
      },
    });
    const event = await auditor.createEvent(cancel);
    await (event.fail as unknown as () => Promise<void>)();
    auditor.record({
      ...cancel,
      status: 'succeeded',
      time: '2025-03-01T12:00:00Z',
    });
    auditor.record({ ...cancel, status: 'succeeded', time: 'yesterday' });
    await auditor.close();
    await receiver.close();
    const times = receiver.stored().map((record) => record.timeUnixNano);
    expect(times).toHaveLength(4);
    expect(times[2]).toBe(1_740_830_400_000_000_000n);
    expect(times[3]).toBeGreaterThan(times[2]!);
  });

  it.each<[string, boolean]>([
    ['with a spool', true],
    ['in memory', false],
  ])('takes an id that is no text, %s', async (_, hasSpool) => {
    const directory = mkdtempSync(join(tmpdir(), 'audit-record-'));
    const { receiver, auditor } = await start({
      spool: hasSpool && { directory },
    });
    const ids = [17, 18n, {}, null, '', Symbol('id')].map((id) => {
      const given = { id, operationId: id } as unknown as { id: string };
      return auditor.record({ ...cancel, status: 'succeeded', ...given }).id;
    });
    expect(await auditor.close()).toEqual({ status: 'sent' });
    await receiver.close();
    rmSync(directory, { recursive: true });
    expect(ids.slice(0, 2)).toEqual(['17', '18']);
    for (const id of ids.slice(2)) expect(id).toMatch(/^[-0-9a-f]{36}$/);
    const uids = receiver
      .stored()
      .map((one) => one.attributes['log.record.uid']);
    expect(uids).toEqual(ids);
  });

  it('shows each record to onEvent, and outlives one that throws', async () => {
    const seen: string[] = [];
    const { receiver, auditor } = await start({
      initiated: [],
      activeTrace: () => ({
        traceId: 'ab'.repeat(16),
        spanId: 'cd'.repeat(8),
        traceFlags: 1,
      }),
      onEvent(event) {
        seen.push(event.status);
        throw new Error('no console');
      },
    });
    const event = await auditor.createEvent({ eventId: 'sign-in' });
    await event.fail({ error: 'wrong password' });
    await auditor.close();
    await receiver.close();
    expect(seen).toEqual(['initiated', 'failed']);
    expect(receiver.stored()).toHaveLength(1);
    expect(receiver.stored()[0]).toMatchObject({
      traceId: 'ab'.repeat(16),
      flags: 1,
      attributes: {
        'audit.status': 'failed',
        'audit.actor.type': 'anonymous',
      },
    });
  });
});
