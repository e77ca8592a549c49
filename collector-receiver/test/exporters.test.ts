import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import {
  BatchLogRecordProcessor,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { toLogRecord } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { anAuditEvent } from '../../test/src/audit-events';
import { aReceiver, closeReceivers } from './kit/receiver';
import type { TestReceiver } from './kit/receiver';

const exporters = [
  ['JSON', JsonExporter, 'none'],
  ['JSON, gzip', JsonExporter, 'gzip'],
  ['protobuf', ProtobufExporter, 'none'],
  ['protobuf, gzip', ProtobufExporter, 'gzip'],
] as const;

afterEach(closeReceivers);

const eventsOf = (receiver: TestReceiver) =>
  receiver.committed.flatMap(({ events }) => events);

describe.each(exporters)(
  'the exporter of opentelemetry-js for %s',
  (_, Exporter, compression) => {
    const exporterTo = (receiver: TestReceiver) =>
      new Exporter({
        url: `${receiver.url}/v1/logs`,
        headers: { authorization: 'Bearer correct-token' },
        compression: compression as never,
      });

    it('delivers an audit event whole', async () => {
      const receiver = await aReceiver({ ingestToken: 'correct-token' });
      const event = anAuditEvent({
        actionType: 'create',
        entityRef: 'component:default/site',
        request: { method: 'POST', path: '/api/catalog', query: 'a=1' },
        error: { type: 'NotFoundError', message: 'gone' },
        status: 'failed',
        meta: {
          deep: { list: [1, 'two', true, null, 2.5], ['__proto__']: 'data' },
          text: 'grüße 👋',
        },
        sequence: 7,
      });
      const { timeUnixNano, body, ...record } = toLogRecord(event);
      const provider = new LoggerProvider({
        processors: [
          new SimpleLogRecordProcessor({ exporter: exporterTo(receiver) }),
        ],
      });
      provider.getLogger('auditor', '1.2').emit({
        eventName: record.eventName,
        timestamp: [
          Number(timeUnixNano / 1_000_000_000n),
          Number(timeUnixNano % 1_000_000_000n),
        ],
        severityNumber: record.severityNumber,
        severityText: record.severityText,
        body: body as string,
        attributes: record.attributes as never,
      });
      await provider.shutdown();
      const [arrived] = eventsOf(receiver);
      expect(arrived).toMatchObject({
        ...event,
        source: {
          scopeName: 'auditor',
          scopeVersion: '1.2',
          resource: { 'telemetry.sdk.name': 'opentelemetry' },
        },
      } satisfies AuditEvent);
      expect(Object.keys(arrived!.meta['deep'] as object)).toEqual([
        'list',
        '__proto__',
      ]);
      expect(arrived?.flags).toBeUndefined();
    });

    it('delivers what JSON and Postgres cannot hold, changed and flagged', async () => {
      const receiver = await aReceiver();
      const provider = new LoggerProvider({
        processors: [
          new SimpleLogRecordProcessor({ exporter: exporterTo(receiver) }),
        ],
      });
      provider.getLogger('any').emit({
        body: {
          bytes: new Uint8Array([1, 2]),
          infinite: -Infinity,
          nul: 'a\0b',
          safe: 2 ** 53 - 1,
          empty: null,
        },
      });
      await provider.shutdown();
      expect(eventsOf(receiver)).toMatchObject([
        {
          flags: ['sanitized'],
          otlp: {
            body: {
              bytes: { $bytes: 'AQI=' },
              nul: 'a\u2400b',
              safe: 2 ** 53 - 1,
              empty: null,
            },
          },
        },
      ]);
    });

    it('delivers a batch in order', async () => {
      const receiver = await aReceiver();
      const provider = new LoggerProvider({
        processors: [
          new BatchLogRecordProcessor({
            exporter: exporterTo(receiver),
            maxQueueSize: 1000,
            maxExportBatchSize: 1000,
          }),
        ],
      });
      const logger = provider.getLogger('any');
      const names = Array.from({ length: 300 }, (_, i) => `event-${i}`);
      for (const eventName of names) logger.emit({ eventName });
      await provider.shutdown();
      expect(eventsOf(receiver).map(({ eventId }) => eventId)).toEqual(names);
    });
  },
);
