import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import {
  BatchLogRecordProcessor,
  LoggerProvider,
} from '@opentelemetry/sdk-logs';
import type { Contender } from '../contender';
import type { Operation } from '../real-operations';

const SEVERITY_NUMBER: Record<string, number> = { low: 9, medium: 10 };

/** A log record for each event by the stock OpenTelemetry SDK, with its batch processor and exporter as they are by default. */
export function stockSdk(endpoint: string): Contender<Operation> {
  const exporter = new OTLPLogExporter({ url: `${endpoint}/v1/logs` });
  const provider = new LoggerProvider({
    processors: [new BatchLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger('bench');

  function log(operation: Operation, status: string, meta: object): void {
    const { plugin, eventId, severityLevel, actor, request } = operation;
    const [path, query] = request?.url.split('?') ?? [];
    logger.emit({
      eventName: `${plugin}.${eventId}`,
      severityNumber: SEVERITY_NUMBER[severityLevel] ?? 13,
      severityText: severityLevel,
      body: `${plugin}.${eventId} ${status}: ${actor.actorId}`,
      attributes: {
        'audit.plugin.id': plugin,
        'audit.event.id': eventId,
        'audit.status': status,
        'audit.actor.id': actor.actorId,
        'client.address': actor.ip,
        'user_agent.original': actor.userAgent,
        'server.address': actor.hostname,
        'http.request.method': request?.method,
        'url.path': path,
        'url.query': query,
        'audit.meta': meta,
      },
    });
  }

  return {
    prepare: (operation) => operation,
    async createEvent(operation) {
      log(operation, 'initiated', operation.meta ?? {});
      return {
        success: async ({ meta }) =>
          log(operation, 'succeeded', { ...operation.meta, ...meta }),
      };
    },
    close: () => provider.shutdown(),
  };
}
