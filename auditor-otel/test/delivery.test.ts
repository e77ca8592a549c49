import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditUnavailableError, createAuditor } from 'auditor-otel';
import type { Auditor, AuditorOptions } from 'auditor-otel';
import { aService, fetchEvent } from '../src/auditor-service.test.helper';
import { startReceiver } from './receiver';
import type { Answering, TestReceiver } from './receiver';
import { runScript } from './run-script';

let directory: string;
let receiver: TestReceiver;
let auditor: Auditor | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'audit-delivery-'));
});
afterEach(async () => {
  await auditor?.close({ timeoutMs: 0 });
  await receiver.close();
  auditor = undefined;
  rmSync(directory, { recursive: true });
});

async function start(options: AuditorOptions = {}, answer?: Answering) {
  receiver = await startReceiver(answer);
  auditor = createAuditor({
    endpoint: receiver.url,
    serviceName: 'shop',
    spool: { directory: join(directory, 'spool') },
    onDiagnostic: () => {},
    ...options,
  });
  return auditor;
}

/** A path that no user can make a directory of, not even root. */
function belowAFile(): string {
  writeFileSync(join(directory, 'file'), '');
  return join(directory, 'file', 'spool');
}

const unavailable: Answering = (response) => void response.writeHead(503).end();
const cancel = { eventId: 'order-cancel', status: 'succeeded' as const };

describe('the level of a record', () => {
  it.each<[string, AuditorOptions, object, string]>([
    ['is the disk by default', {}, {}, 'spool'],
    ['is memory without a disk', { spool: false }, {}, 'memory'],
    [
      'is that of the settings',
      { delivery: { level: 'committed' } },
      {},
      'committed',
    ],
    [
      'is that of its severity',
      { delivery: { levels: { critical: 'committed' } } },
      { severityLevel: 'critical' },
      'committed',
    ],
    [
      'is not that of another severity',
      { delivery: { levels: { critical: 'committed' } } },
      { severityLevel: 'high' },
      'spool',
    ],
    [
      'is that of its call',
      { delivery: { level: 'committed' } },
      { level: 'memory' },
      'memory',
    ],
    [
      'is that of its call, without a disk too',
      { spool: false },
      { level: 'committed' },
      'committed',
    ],
  ])('%s', async (_, options, demand, level) => {
    const { delivery, ...others } = options;
    // Strict, and with time: a busy machine may take longer to flush than a caller waits by default.
    const patient = { ...delivery, timeoutMs: 30_000 };
    const auditor = await start({ ...others, delivery: patient });
    const asked = { ...cancel, strict: true, ...demand };
    const { id, receipt } = auditor.record(asked);
    expect(await receipt).toEqual({ id, level, degraded: false });
    const event = await auditor.createEvent(asked);
    expect(await event.success()).toMatchObject({ level, degraded: false });
    expect(await event.fail({ error: 'no' })).toMatchObject({ level });
  });

  it('is told as less where the receiver is away, after the time that was set', async () => {
    const auditor = await start({ delivery: { timeoutMs: 100 } }, unavailable);
    const { level, degraded } = await auditor.record({
      ...cancel,
      level: 'committed',
    }).receipt;
    expect([level === 'committed', degraded]).toEqual([false, true]);
  });

  it('is told as memory where the disk is away, and the record is delivered from there', async () => {
    const auditor = await start({
      spool: { directory: belowAFile() },
    });
    const event = await auditor.createEvent(cancel);
    expect(await event.success()).toMatchObject({
      level: 'memory',
      degraded: true,
    });
    expect(await auditor.flush()).toEqual({ status: 'sent' });
    expect(receiver.stored()).toHaveLength(2);
  });
});

describe('a strict operation', () => {
  it.each<[string, () => AuditorOptions, object, RegExp]>([
    [
      'the disk is away',
      () => ({ spool: { directory: belowAFile() } }),
      {},
      /could not be written to the spool$/,
    ],
    [
      'the receiver is away',
      () => ({}),
      { level: 'committed' },
      /was not acknowledged by the receiver within 200 ms$/,
    ],
    [
      'there is no room',
      () => ({ spool: false, queue: { maxRecords: 1 } }),
      { level: 'memory' },
      /was not kept: there is no room in the queue$/,
    ],
  ])(
    'rejects before the action when %s',
    async (_, options, demand, message) => {
      const auditor = await start(
        { delivery: { timeoutMs: 200 }, ...options() },
        unavailable,
      );
      const event = auditor.createEvent({ ...cancel, ...demand, strict: true });
      await expect(event).rejects.toThrow(AuditUnavailableError);
      await expect(event).rejects.toThrow(message);
      // Others go on.
      await expect(
        auditor.createEvent({ ...cancel, ...demand }),
      ).resolves.toHaveProperty('success');
    },
  );

  it('rejects after the action when its outcome cannot be recorded', async () => {
    let isAway = false;
    const auditor = await start(
      {
        delivery: { timeoutMs: 500, strict: ['critical'], level: 'committed' },
      },
      (response) => void response.writeHead(isAway ? 503 : 200).end(),
    );
    const event = await auditor.createEvent({
      ...cancel,
      severityLevel: 'critical',
    });
    isAway = true;
    await expect(event.success()).rejects.toThrow(AuditUnavailableError);
    await expect(event.fail({ error: 'no' })).rejects.toThrow(
      AuditUnavailableError,
    );
    expect(await event.success({ strict: false })).toMatchObject({
      degraded: true,
    });
  });

  it('needs no handler: nothing that is not awaited ends the process', async () => {
    receiver = await startReceiver(unavailable);
    const script = `
      const strict = { eventId: 'a', severityLevel: 'critical', strict: true };
      (async () => {
        void auditor.createEvent(strict);
        void auditor.createEvent({ ...strict, level: 'committed' });
        const event = await auditor.createEvent({ eventId: 'b' });
        void event.success({ strict: true });
        void event.fail({ error: 'no', strict: true, level: 'committed' });
        for (let n = 0; n < 20; n++) auditor.record({ ...strict, status: 'failed' });
        auditor.createEvent(strict).catch((error) => console.log(error.name));
        setTimeout(() => console.log('alive'), 600);
      })();`;
    const { code, stdout, stderr } = await runScript(
      receiver.url,
      script,
      {
        spool: { directory: belowAFile() },
        queue: { maxRecords: 5 },
        delivery: { timeoutMs: 200, whenFull: 'reject' },
        shutdownTimeoutMs: 100,
      },
      ['--unhandled-rejections=strict'],
    );
    expect(stderr).not.toMatch(/Unhandled|triggerUncaught/);
    expect([code, stdout]).toEqual([0, 'AuditUnavailableError\nalive\n']);
  });
});

describe('a spool without room', () => {
  const big = {
    ...cancel,
    severityLevel: 'critical' as const,
    meta: Object.fromEntries(
      ['a', 'b', 'c'].map((key) => [key, key.repeat(60_000)]),
    ),
  };

  /** An auditor whose spool takes no more. */
  async function full(options: AuditorOptions, answer: Answering) {
    const maxBytes = 16 * 1024 * 1024;
    const spool = { directory: join(directory, 'spool'), maxBytes };
    const auditor = await start({ ...options, spool }, answer);
    const bytes = () => auditor.stats().waiting.bytes;
    for (let size = 0; bytes() + size <= maxBytes;) {
      const before = bytes();
      await auditor.record({ ...big, level: 'spool' }).receipt;
      // The first brings the beginning of the stream and of a segment.
      size = before === 0 ? 0 : Math.min(size || Infinity, bytes() - before);
    }
    return auditor;
  }

  it.each(['memory', 'spool', 'committed'] as const)(
    'holds a caller back that asks for %s, and rejects where none comes',
    async (level) => {
      const delivery = { whenFull: 'block', timeoutMs: 1000 } as const;
      const auditor = await full({ delivery }, unavailable);
      const { status, receipt } = auditor.record({ ...big, level });
      expect(status).toBe('queued');
      await expect(receipt).rejects.toThrow(
        'was not kept: there is no room in the queue for 1000 ms',
      );
      expect(auditor.stats().dropped.critical).toBe(1);
    },
  );

  it('lets a caller go on when there is room again', async () => {
    let isAway = true;
    const delivery = { whenFull: 'block', timeoutMs: 60_000 } as const;
    const auditor = await full(
      { delivery },
      (response) => void response.writeHead(isAway ? 503 : 200).end(),
    );
    const { id, receipt } = auditor.record({ ...big, level: 'committed' });
    isAway = false;
    void auditor.flush();
    expect(await receipt).toEqual({ id, level: 'committed', degraded: false });
  });
});

describe('a record that the receiver refuses', () => {
  const refusing: Answering = (response) => void response.writeHead(400).end();

  it('has a strict caller told at once, with the reason', async () => {
    const auditor = await start({ delivery: { timeoutMs: 60_000 } }, refusing);
    const asked = { ...cancel, level: 'committed' as const };
    await expect(
      auditor.record({ ...asked, strict: true }).receipt,
    ).rejects.toThrow('was refused by the receiver: status 400');
    expect(await auditor.record(asked).receipt).toMatchObject({
      level: 'spool',
      degraded: true,
    });
  });

  it('is lost where there is no disk for it', async () => {
    const auditor = await start({ spool: false }, refusing);
    const { receipt } = auditor.record({ ...cancel, level: 'committed' });
    expect(await receipt).toMatchObject({ level: 'lost', degraded: true });
  });
});

describe('the Backstage service', () => {
  const settings = () => ({
    spool: { directory: belowAFile() },
    delivery: { strict: ['critical'] },
  });

  it('rejects createEvent of a severity that is strict, and of no other', async () => {
    receiver = await startReceiver();
    const { service, records } = aService({ settings: settings() });
    const critical = { ...fetchEvent, severityLevel: 'critical' as const };
    await expect(service.createEvent(critical)).rejects.toThrow(
      AuditUnavailableError,
    );
    const event = await service.createEvent(fetchEvent);
    await event.success();
    // What could not be strict is delivered all the same.
    expect(
      (await records()).map(({ attributes }) => attributes['audit.severity']),
    ).toEqual(['critical', 'low', 'low']);
  });
});
