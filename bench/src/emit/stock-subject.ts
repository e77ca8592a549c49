import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import {
  BatchLogRecordProcessor,
  LoggerProvider,
} from '@opentelemetry/sdk-logs';
import type { MakeSubject } from './subject';

/** The batch processor and exporter of OpenTelemetry JS as they are by default, with the same facts in the record. */
export const stockSubject: MakeSubject = ({ url }) => {
  const exporter = new OTLPLogExporter({ url: `${url}/v1/logs` });
  const provider = new LoggerProvider({
    processors: [new BatchLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('bench');
  return {
    begin: (n) =>
      Promise.resolve(() => {
        logger.emit({
          eventName: 'bench.order-cancel',
          severityText: 'medium',
          attributes: {
            n,
            'user.id': `user:default/person-${n % 5_000}`,
            'http.request.method': 'POST',
            'url.path': `/api/orders/${n}/cancel`,
            'audit.target.id': `order:${n}`,
          },
        });
        return Promise.resolve();
      }),
    close: () => provider.shutdown(),
  };
};
