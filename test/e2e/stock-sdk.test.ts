import { emitWithOpentelemetryJs } from '../../collector-receiver/test/kit/emit-with-opentelemetry-js';
import { createTestDatabase } from '../src/database';
import type { TestDatabase } from '../src/database';
import { startServices } from '../src/services';
import type { Services } from '../src/services';

describe('the stock OpenTelemetry SDK', () => {
  let database: TestDatabase;
  let services: Services;

  beforeAll(async () => {
    database = await createTestDatabase();
    services = await startServices(database.url);
  });
  afterAll(async () => {
    await services.close();
    await database.drop();
  });

  it.each([
    'exporter-logs-otlp-http',
    'exporter-logs-otlp-proto',
    'exporter-logs-otlp-grpc',
  ] as const)(
    'can send with %s: audit attributes find their columns, any other log line becomes an event too',
    async (exporter) => {
      await emitWithOpentelemetryJs(
        `[
          {
            eventName: 'order.cancel',
            severityNumber: 13,
            body: 'order cancelled',
            attributes: {
              'audit.plugin.id': '${exporter}',
              'audit.event.id': 'cancel',
              'audit.severity': 'high',
              'audit.status': 'failed',
              'audit.actor.id': 'user:default/jane',
              'audit.actor.type': 'user',
              'audit.target.id': 'order:17',
              'audit.meta': { reason: 'too late', items: [1, 2.5, null] },
            },
          },
          { eventName: 'plain-${exporter}', severityNumber: 17, body: 'boom', attributes: { code: 7 } },
        ]`,
        {
          exporter,
          compression: 'gzip',
          processor: 'batch',
          url: exporter.endsWith('-grpc')
            ? services.receiverGrpcUrl
            : `${services.receiverUrl}/v1/logs`,
        },
      );

      const audit = await services.ask(`plugin_id=${exporter}`);
      expect(audit.total).toBe(1);
      expect(audit.data[0]).toMatchObject({
        event_id: 'cancel',
        severity_level: 'high',
        status: 'failed',
        actor_type: 'user',
        actor_id: 'user:default/jane',
        entity_ref: 'order:17',
        meta: { reason: 'too late', items: [1, 2.5, null] },
      });
      const plain = await services.ask(`event_id=plain-${exporter}`);
      expect(plain.data[0]).toMatchObject({
        severity_level: 'high',
        status: 'failed',
        actor_type: 'anonymous',
        meta: { code: 7 },
      });
    },
  );
});
