import type { ServerResponse } from 'node:http';
import type { LogRecord } from 'audit-event';
import { createAuditor } from 'auditor-otel';
import type { Auditor, AuditorOptions, Refused } from 'auditor-otel';
import { isNoStreamEdge } from '../src/recording-transport.test.helper';
import { startReceiver } from './receiver';
import type { Answering, TestReceiver } from './receiver';

const john = { type: 'user', id: 'user:default/john' } as const;
const cancel = { eventId: 'order-cancel', actor: john };

let receiver: TestReceiver | undefined;
let auditor: Auditor | undefined;
afterEach(async () => {
  await auditor?.close({ timeoutMs: 0 });
  await receiver?.close();
  auditor = undefined;
  receiver = undefined;
});

async function start(answer?: Answering, options: AuditorOptions = {}) {
  const lines: string[] = [];
  receiver = await startReceiver(answer);
  auditor = createAuditor({
    endpoint: receiver.url,
    serviceName: 'shop',
    spool: false,
    onDiagnostic: (line) => lines.push(line),
    ...options,
  });
  return { receiver, auditor, lines };
}

const statuses = (records: LogRecord[]) =>
  records.map((record) => record.attributes['audit.status']);
const failWith =
  (statusCode: number, headers = {}): Answering =>
  (response, _, count) => {
    if (count === 1) response.writeHead(statusCode, headers);
    response.end();
  };

/** Begins an answer that it never ends. */
function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 100 });
  response.write('half');
  setImmediate(() => response.destroy());
}

describe('createAuditor', () => {
  it.each<[string, AuditorOptions, object]>([
    [
      'protobuf with gzip by default',
      {},
      { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
    ],
    [
      'JSON',
      { encoding: 'json' },
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    ],
    [
      'without gzip, with token and headers',
      { gzip: false, token: 'abcdefgh', headers: { 'x-tenant': 'a' } },
      {
        'content-type': 'application/x-protobuf',
        authorization: 'Bearer abcdefgh',
        'x-tenant': 'a',
      },
    ],
  ])('sends %s', async (_, options, headers) => {
    const { receiver, auditor } = await start(undefined, {
      serviceVersion: '1.2.3',
      resource: { 'deployment.environment.name': 'test' },
      ...options,
    });
    const event = await auditor.createEvent({
      ...cancel,
      severityLevel: 'high',
      request: { method: 'POST', url: '/orders?sig=x', host: 'shop' },
      meta: { actionType: 'cancel', entityRef: 'order:17', at: new Date(0) },
    });
    await event.success({ meta: { refunded: 12.5 } });
    expect(await auditor.close()).toEqual({ status: 'sent' });
    const [request] = receiver.requests;
    expect(request?.path).toBe('/v1/logs');
    expect(request?.headers).toMatchObject({
      'user-agent': 'auditor-otel/0.1.0',
      ...headers,
    });
    expect(request?.resource).toMatchObject({
      'service.name': 'shop',
      'service.version': '1.2.3',
      'deployment.environment.name': 'test',
      'process.pid': process.pid,
    });
    expect(request?.scope).toEqual({ name: 'auditor-otel', version: '0.1.0' });
    expect(statuses(receiver.stored())).toEqual(['initiated', 'succeeded']);
    expect(receiver.stored()[1]?.attributes).toMatchObject({
      'audit.plugin.id': 'shop',
      'audit.actor.id': 'user:default/john',
      'audit.severity': 'high',
      'audit.action': 'cancel',
      'audit.target.id': 'order:17',
      'url.path': '/orders',
      'url.query': 'sig=REDACTED',
      'audit.meta': { at: '1970-01-01T00:00:00.000Z', refunded: 12.5 },
    });
  });

  it.each<[string, Answering]>([
    ['503', failWith(503)],
    ['429 with Retry-After', failWith(429, { 'retry-after': '1' })],
    ['500', failWith(500)],
    [
      'a reset connection',
      (response, _, count) => {
        if (count === 1) response.destroy();
        else response.end();
      },
    ],
    [
      'a connection that breaks within the answer',
      (response, _, count) => {
        if (count > 1) response.end();
        else breakOff(response);
      },
    ],
    [
      'no answer in time',
      (response, _, count) => {
        if (count > 1) response.end();
      },
    ],
  ])('sends the same bytes again after %s', async (_, answer) => {
    const { receiver, auditor } = await start(answer, { timeoutMs: 300 });
    const event = await auditor.createEvent(cancel);
    await event.success();
    expect(await auditor.flush()).toEqual({ status: 'sent' });
    const [first, second] = receiver.requests;
    expect(second?.body).toEqual(first?.body);
    // With the first of the stream.
    expect(auditor.stats()).toMatchObject({ emitted: 3, sent: 3 });
  });

  it('delivers all but the one record that the receiver refuses', async () => {
    const refused: Refused[] = [];
    const isPoison = (record: LogRecord) =>
      record.attributes['audit.target.id'] === 'order:33';
    const { receiver, auditor, lines } = await start(
      (response, { records }) => {
        if (records.some(isPoison)) response.writeHead(400);
        response.end(JSON.stringify({ message: 'bad record' }));
      },
      { encoding: 'json', onRefused: (one) => refused.push(one) },
    );
    for (let order = 0; order < 100; order++)
      auditor.record({
        ...cancel,
        status: 'succeeded',
        meta: { entityRef: `order:${order}` },
      });
    expect(await auditor.flush()).toEqual({ status: 'sent' });
    expect(receiver.stored()).toHaveLength(99);
    expect(refused).toMatchObject([{ reason: 'status 400, bad record' }]);
    expect(auditor.stats()).toMatchObject({ sent: 100, refused: 1 });
    expect(lines[0]).toContain(`refused audit record ${refused[0]?.frame.id}`);
  });

  it('finds the record that a partial success rejects', async () => {
    const { receiver, auditor } = await start(
      (response, { records }) => {
        const rejected = records.some((record) => record.body === 'never');
        const rejectsSome = records.length > 1 || rejected;
        const partialSuccess = { rejectedLogRecords: '1', errorMessage: 'no' };
        response.end(JSON.stringify(rejectsSome ? { partialSuccess } : {}));
      },
      { encoding: 'json' },
    );
    auditor.record({ ...cancel, status: 'succeeded' });
    auditor.record({ ...cancel, status: 'failed', error: 'no' });
    await auditor.flush();
    const single = receiver.requests.filter((r) => r.records.length === 1);
    const records = single.flatMap((request) => request.records);
    expect(statuses(records.filter(isNoStreamEdge))).toEqual([
      'succeeded',
      'failed',
    ]);
    expect(auditor.stats()).toMatchObject({ sent: 3, refused: 0 });
  });

  it('keeps records while the token is wrong, and says so', async () => {
    const { auditor, lines } = await start((response) => {
      response.writeHead(401).end();
    });
    auditor.record({ ...cancel, status: 'succeeded' });
    expect(await auditor.flush({ timeoutMs: 200 })).toEqual({
      status: 'unsent',
      keptIn: 'memory',
      records: 2,
    });
    expect(auditor.stats()).toMatchObject({
      refused: 0,
      waiting: { records: 2 },
    });
    expect(lines).toContain(
      'auditor-otel: cannot deliver audit records: status 401; check endpoint and token; records are kept meanwhile',
    );
  });

  it('does not follow a redirect with the token', async () => {
    const other = await startReceiver();
    const { auditor } = await start(
      (response) => {
        response.writeHead(307, { location: other.url }).end();
      },
      { token: 'abcdefgh' },
    );
    auditor.record({ ...cancel, status: 'succeeded' });
    await auditor.flush({ timeoutMs: 200 });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('keeps records while nobody listens, and says so', async () => {
    const gone = await startReceiver();
    await gone.close();
    const { auditor, lines } = await start(undefined, { endpoint: gone.url });
    auditor.record({ ...cancel, status: 'succeeded' });
    expect(await auditor.close({ timeoutMs: 100 })).toEqual({
      status: 'unsent',
      keptIn: 'memory',
      records: 3,
    });
    expect(lines[0]).toMatch(
      /^auditor-otel: cannot deliver audit records: .*ECONNREFUSED/,
    );
  });

  it('sends many records over few connections, each once', async () => {
    const { receiver, auditor } = await start();
    for (let order = 0; order < 5000; order++)
      auditor.record({ ...cancel, status: 'succeeded', meta: { order } });
    expect(await auditor.flush()).toEqual({ status: 'sent' });
    const sequences = receiver
      .stored()
      .map((record) => Number(record.attributes['audit.sequence.number']));
    // After the first of the stream.
    expect(sequences.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 5000 }, (_, i) => i + 1),
    );
    expect(receiver.requests.length).toBeLessThan(20);
  });

  it('refuses a setting that it does not know', () => {
    expect(() => createAuditor({ endpiont: 'x' } as never)).toThrow(
      /^cannot start: unknown setting createAuditor option endpiont/,
    );
  });
});
