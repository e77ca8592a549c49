import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { aService, fetchEvent } from './auditor-service.test.helper';
import { metaOf } from './otlp-oracle.test.helper';
import { withAudit } from './with-audit';

describe('OtelAuditorService', () => {
  it('sends initiated and outcome of one operation, with actor, request and what is promoted out of meta', async () => {
    const { service, records, resolutions } = aService();
    const event = await service.createEvent(fetchEvent);
    await event.success({ meta: { more: 2, found: true } });
    const [initiated, succeeded] = await records();
    expect(initiated?.attributes).toMatchObject({
      'audit.status': 'initiated',
      'audit.plugin.id': 'catalog',
      'audit.event.id': 'entity-fetch',
      'audit.severity': 'low',
      'audit.actor.type': 'user',
      'audit.actor.id': 'user:default/john',
      'client.address': '10.0.0.1',
      'user_agent.original': 'curl/8',
      'server.address': 'backstage.example.com',
      'http.request.method': 'GET',
      'url.path': '/api/catalog/entities',
      'url.query': 'token=REDACTED&limit=5',
      'audit.query.type': 'by-name',
      'audit.target.id': 'component:default/a',
      'audit.meta': { more: 1 },
    });
    expect(succeeded?.attributes).toMatchObject({
      'audit.status': 'succeeded',
      'audit.operation.id': initiated?.attributes['audit.operation.id'],
      'audit.meta': { more: 2, found: true },
    });
    expect(succeeded?.attributes['log.record.uid']).not.toBe(
      initiated?.attributes['log.record.uid'],
    );
    expect(succeeded!.timeUnixNano).toBeGreaterThan(initiated!.timeUnixNano);
    expect(resolutions()).toBe(1);
  });

  it('serves withAudit, records what was denied, and redacts meta', async () => {
    const { service, records } = aService({
      settings: { redactMeta: ['**.pin'] },
    });
    const auditor: AuditorService = service;
    const error = Object.assign(new Error('no'), { name: 'NotAllowedError' });
    const meta = { user: { pin: 1 }, password: 'x' };
    await expect(
      withAudit(auditor, { ...fetchEvent, meta }, (event) => {
        event.addMeta({ pin: 2 });
        throw error;
      }),
    ).rejects.toBe(error);
    const [initiated, failed] = await records();
    const redacted = { user: { pin: 'REDACTED' }, password: 'REDACTED' };
    expect(initiated?.attributes).toMatchObject({ 'audit.meta': redacted });
    expect(failed?.attributes).toMatchObject({
      'audit.status': 'failed',
      'audit.outcome.reason': 'denied',
      'audit.meta': { ...redacted, pin: 'REDACTED' },
    });
  });

  it.each([
    [new TypeError('no password=x'), 'TypeError', 'no password=REDACTED'],
    ['plain text', 'Error', 'plain text'],
    [undefined, 'Error', undefined],
  ])('sends failed with the error %p', async (error, type, message) => {
    const { service, records } = aService();
    const event = await service.createEvent(fetchEvent);
    await event.fail({ error: error as Error });
    const [, failed] = await records();
    expect(failed?.attributes['error.type']).toBe(type);
    expect(failed?.attributes['exception.message']).toBe(message);
    expect(failed?.attributes).not.toHaveProperty(['exception.stacktrace']);
  });

  it('sends the stack trace when that is set', async () => {
    const { service, records } = aService({ settings: { stackTraces: true } });
    const event = await service.createEvent(fetchEvent);
    await event.fail({ error: new Error('no') });
    const [, failed] = await records();
    expect(failed?.attributes['exception.stacktrace']).toContain('Error: no\n');
  });

  it('sends both outcomes of an operation that ends twice', async () => {
    const { service, records } = aService();
    const event = await service.createEvent(fetchEvent);
    await event.success();
    await event.fail({ error: new Error('not found') });
    expect(
      (await records()).map((record) => record.attributes['audit.status']),
    ).toEqual(['initiated', 'succeeded', 'failed']);
  });

  it('sends initiated only of the severities that are set', async () => {
    const settings = { initiated: ['medium'] };
    const { service, records, lines } = aService({ settings });
    await service.createEvent(fetchEvent);
    await service.createEvent({ ...fetchEvent, severityLevel: 'medium' });
    const sent = await records();
    expect(sent.map((record) => record.attributes['audit.severity'])).toEqual([
      'medium',
    ]);
    expect(sent[0]?.attributes['audit.sequence.number']).toBe(1);
    expect(lines).toHaveLength(2);
  });

  it('takes an unknown severity as low and keeps the word', async () => {
    const { service, records, lines } = aService();
    await service.createEvent({
      ...fetchEvent,
      severityLevel: 'bogus' as never,
    });
    const [record] = await records();
    expect(record?.attributes['audit.severity']).toBe('low');
    expect(record?.severityText).toBe('bogus');
    expect(lines).toMatchObject([
      [{}, 'debug', 'catalog.entity-fetch', { severityLevel: 'bogus' }],
    ]);
  });

  it('leaves in meta what would be promoted but is no text', async () => {
    const { service, records } = aService();
    const meta = { actionType: 5, queryType: null, entityRef: ['a'] };
    await service.createEvent({ ...fetchEvent, meta });
    const [record] = await records();
    expect(metaOf(record!)).toEqual(meta);
  });

  it('records anonymous, and why, when credentials do not resolve', async () => {
    const { service, records } = aService({
      credentials: () => Promise.reject(new Error('Illegal token')),
    });
    const event = await service.createEvent(fetchEvent);
    await event.success();
    for (const { attributes } of await records())
      expect(attributes).toMatchObject({
        'audit.actor.type': 'anonymous',
        'audit.actor.id': 'anonymous',
        'client.address': '10.0.0.1',
        'audit.actor.error': 'Error: Illegal token',
      });
  });

  it('says that it cut meta, in each record that has it', async () => {
    const { service, records } = aService();
    const meta = { query: 'x'.repeat(70_000) };
    const event = await service.createEvent({ ...fetchEvent, meta });
    await event.success();
    for (const { attributes } of await records())
      expect(attributes['audit.meta.truncated']).toBe(true);
  });

  it('takes the span that is active, else the one in which the operation began', async () => {
    const span = (digit: string) => ({
      traceId: digit.repeat(32),
      spanId: digit.repeat(16),
      traceFlags: 1,
    });
    const spans = [span('a'), undefined, undefined, span('b')];
    const { service, records } = aService({ activeTrace: () => spans.shift() });
    const event = await service.createEvent(fetchEvent);
    await event.success();
    await event.success();
    expect(
      (await records()).map(({ traceId, spanId, flags }) => ({
        traceId,
        spanId,
        traceFlags: flags,
      })),
    ).toEqual([span('a'), span('a'), span('b')]);
  });

  it('takes meta as it was when the operation began', async () => {
    const { service, records } = aService();
    const meta: Record<string, number> = { count: 1 };
    const creating = service.createEvent({ eventId: 'a', meta });
    meta['count'] = 2;
    await (await creating).success();
    expect((await records()).map(metaOf)).toEqual([{ count: 1 }, { count: 1 }]);
  });

  it.each<[string, Partial<AuditorServiceCreateEventOptions>]>([
    ['no event id', { eventId: undefined as never }],
    ['meta that throws', { meta: throwing() }],
    ['a request that throws', { request: throwing() }],
    ['meta that is no object', { meta: 'text' as never }],
  ])('audits an event with %s', async (_, options) => {
    const { service, records } = aService();
    const event = await service.createEvent({ ...fetchEvent, ...options });
    await event.success();
    await event.fail(undefined as never);
    expect(await records()).toHaveLength(3);
  });

  it('needs no await', async () => {
    const { service, records } = aService();
    void service.createEvent(fetchEvent).then((event) => {
      void event.success();
      void event.fail({ error: new Error('no') });
    });
    await new Promise(setImmediate);
    expect(await records()).toHaveLength(3);
  });
});

function throwing(): never {
  const fail = () => {
    throw new Error('no');
  };
  return new Proxy({}, { get: fail, ownKeys: fail, has: fail }) as never;
}
