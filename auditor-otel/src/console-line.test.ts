import { aService, fetchEvent } from './auditor-service.test.helper';
import { aRequest, credentialsOf } from './backstage.test.helper';

describe('the console line', () => {
  const actor = {
    actorId: 'user:default/john',
    ip: '10.0.0.1',
    hostname: 'backstage.example.com',
    userAgent: 'curl/8',
  };
  const line = {
    plugin: 'catalog',
    eventId: 'entity-fetch',
    severityLevel: 'low',
    actor,
    request: {
      url: '/api/catalog/entities?token=abc&limit=5',
      method: 'GET',
    },
  };

  it('is the one of the default auditor', async () => {
    const { service, lines } = aService();
    const event = await service.createEvent(fetchEvent);
    await event.success({ meta: { more: 2 } });
    const error = new Error('no');
    await event.fail({ error });
    const meta = fetchEvent.meta;
    expect(lines).toEqual([
      [
        { isAuditEvent: true },
        'debug',
        'catalog.entity-fetch',
        { ...line, meta, status: 'initiated' },
      ],
      [
        { isAuditEvent: true },
        'debug',
        'catalog.entity-fetch',
        { ...line, meta: { ...meta, more: 2 }, status: 'succeeded' },
      ],
      [
        { isAuditEvent: true, ...line, meta, status: 'failed' },
        'debug',
        'catalog.entity-fetch',
        error,
      ],
    ]);
  });

  it('has no meta, request or actor id where there is none', async () => {
    const { service, lines } = aService({
      credentials: async () => credentialsOf({ type: 'none' }),
    });
    await service.createEvent({
      eventId: 'a',
      severityLevel: 'high',
      meta: {},
    });
    await service.createEvent({ eventId: 'b', request: aRequest() });
    expect(lines).toMatchObject([
      [{}, 'info', 'catalog.a', { meta: undefined, request: undefined }],
      [{}, 'debug', 'catalog.b', { actor: { actorId: undefined } }],
    ]);
  });

  it('costs nothing but itself when the logger throws', async () => {
    const broken = () => {
      throw new Error('disk is full');
    };
    const logger = {
      debug: broken,
      info: broken,
      warn: broken,
      error: broken,
      child: () => logger,
    };
    const { service, records } = aService({ logger });
    const event = await service.createEvent(fetchEvent);
    await event.success();
    await event.fail({ error: new Error('no') });
    expect(await records()).toHaveLength(3);
  });
});
