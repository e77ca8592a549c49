import {
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto';
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
    ['exporter-logs-otlp-http', JsonExporter],
    ['exporter-logs-otlp-proto', ProtobufExporter],
  ])(
    'can send with %s: audit attributes find their columns, any other log line becomes an event too',
    async (name, Exporter) => {
      const exporter = new Exporter({ url: `${services.receiverUrl}/v1/logs` });
      const provider = new LoggerProvider({
        processors: [new SimpleLogRecordProcessor({ exporter })],
      });
      const logger = provider.getLogger('shop', '1.2.3');
      logger.emit({
        eventName: 'order.cancel',
        severityNumber: 13,
        body: 'order cancelled',
        attributes: {
          'audit.plugin.id': name,
          'audit.event.id': 'cancel',
          'audit.severity': 'high',
          'audit.status': 'failed',
          'audit.actor.id': 'user:default/jane',
          'audit.actor.type': 'user',
          'audit.target.id': 'order:17',
          'audit.meta': { reason: 'too late', items: [1, 2.5, null] },
        },
      });
      logger.emit({
        eventName: `plain-${name}`,
        severityNumber: 17,
        body: 'boom',
        attributes: { code: 7 },
      });
      await provider.forceFlush();
      await provider.shutdown();

      const audit = await services.ask(`plugin_id=${name}`);
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
      const plain = await services.ask(`event_id=plain-${name}`);
      expect(plain.data[0]).toMatchObject({
        severity_level: 'high',
        status: 'failed',
        actor_type: 'anonymous',
        meta: { code: 7 },
      });
    },
  );
});
