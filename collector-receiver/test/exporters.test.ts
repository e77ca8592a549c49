import { toLogRecord } from 'audit-event';
import { anAuditEvent } from '../../test/src/audit-events';
import { emitWithOpentelemetryJs } from './kit/emit-with-opentelemetry-js';
import { aReceiver, closeReceivers } from './kit/receiver';
import type { TestReceiver } from './kit/receiver';

const exporters = [
  ['exporter-logs-otlp-http', 'none'],
  ['exporter-logs-otlp-http', 'gzip'],
  ['exporter-logs-otlp-proto', 'none'],
  ['exporter-logs-otlp-proto', 'gzip'],
  ['exporter-logs-otlp-grpc', 'none'],
  ['exporter-logs-otlp-grpc', 'gzip'],
] as const;

afterEach(closeReceivers);

const eventsOf = (receiver: TestReceiver) =>
  receiver.committed.flatMap(({ events }) => events);

describe.each(exporters)(
  '@opentelemetry/%s, compression %s',
  (exporter, compression) => {
    const emit = async (records: string, processor: 'simple' | 'batch') => {
      const receiver = await aReceiver({ ingestToken: 'correct-token' });
      await emitWithOpentelemetryJs(records, {
        exporter,
        compression,
        processor,
        url: exporter.endsWith('-grpc')
          ? receiver.grpcUrl
          : `${receiver.url}/v1/logs`,
      });
      return eventsOf(receiver);
    };

    it('delivers an audit event whole', async () => {
      const event = anAuditEvent({
        actionType: 'create',
        entityRef: 'component:default/site',
        request: { method: 'POST', path: '/api/catalog', query: 'a=1' },
        error: { type: 'NotFoundError', message: 'gone' },
        status: 'failed',
        meta: { deep: { list: [1, 'two', true, null, 2.5] }, text: 'grüße 👋' },
        sequence: 7,
      });
      const {
        timeUnixNano,
        observedTimeUnixNano: _,
        ...record
      } = toLogRecord(event);
      const timestamp = [
        Number(timeUnixNano / 1_000_000_000n),
        Number(timeUnixNano % 1_000_000_000n),
      ];
      const [arrived] = await emit(
        `[${JSON.stringify({ ...record, timestamp })}]`,
        'simple',
      );
      expect(arrived).toMatchObject({
        ...event,
        source: {
          scopeName: 'auditor',
          scopeVersion: '1.2',
          resource: { 'telemetry.sdk.name': 'opentelemetry' },
        },
      });
      expect(arrived?.flags).toBeUndefined();
      expect(arrived?.otlp).toBeUndefined();
    });

    it('delivers what JSON and Postgres cannot hold, changed and flagged', async () => {
      const body = `{ bytes: new Uint8Array([1, 2]), nul: 'a\\0b', safe: 2 ** 53 - 1, empty: null, date: new Date(0), big: 10n }`;
      expect(await emit(`[{ body: ${body} }]`, 'simple')).toMatchObject([
        {
          flags: ['sanitized'],
          otlp: {
            body: {
              bytes: { $bytes: 'AQI=' },
              nul: 'a\u2400b',
              safe: 2 ** 53 - 1,
              empty: null,
              date: {},
              big: null,
            },
          },
        },
      ]);
    });

    it('delivers a batch in order', async () => {
      const events = await emit(
        `Array.from({ length: 600 }, (_, i) => ({ eventName: 'event-' + i }))`,
        'batch',
      );
      const names = Array.from({ length: 600 }, (_, i) => `event-${i}`);
      expect(events.map(({ eventId }) => eventId)).toEqual(names);
    });
  },
);
