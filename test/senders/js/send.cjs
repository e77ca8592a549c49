// Sends log records with the stock OpenTelemetry SDK of JavaScript. See ../README.md.
const { Metadata } = require('@grpc/grpc-js');
const grpc = require('@opentelemetry/exporter-logs-otlp-grpc');
const http = require('@opentelemetry/exporter-logs-otlp-proto');
const { resourceFromAttributes } = require('@opentelemetry/resources');
const {
  BatchLogRecordProcessor,
  LoggerProvider,
} = require('@opentelemetry/sdk-logs');

const [protocol, endpoint, token, count] = process.argv.slice(2);

function createExporter() {
  const authorization = `Bearer ${token}`;
  if (protocol === 'http')
    return new http.OTLPLogExporter({
      url: `${endpoint}/v1/logs`,
      headers: { authorization },
      compression: 'gzip',
    });
  const metadata = new Metadata();
  metadata.set('authorization', authorization);
  return new grpc.OTLPLogExporter({
    url: endpoint,
    metadata,
    compression: 'gzip',
  });
}

async function main() {
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'sender-js' }),
    processors: [new BatchLogRecordProcessor({ exporter: createExporter() })],
  });
  const logger = provider.getLogger('sender');
  for (let n = 0; n < Number(count); n++)
    logger.emit({
      timestamp: Date.now(),
      eventName: 'greeting',
      severityNumber: 9,
      body: `hello ${n}`,
      attributes: {
        n,
        ratio: 0.5,
        ok: true,
        tags: ['a', 'b'],
        text: 'Grüße 🙂',
      },
    });
  await provider.shutdown();
}

void main();
