// Emits log records with the stock SDK and exporters of opentelemetry-js, in a process of its own: they use import(),
// which jest's sandbox does not have. Arguments: exporter package, URL, compression, and `batch` or `simple`; standard
// input: a JavaScript expression of a list of records.
const { readFileSync } = require('node:fs');
const { runInThisContext } = require('node:vm');
const { Metadata } = require('@grpc/grpc-js');
const sdk = require('@opentelemetry/sdk-logs');

const [, , packageName, url, compression, kind] = process.argv;
const { OTLPLogExporter } = require(packageName);

const headers = { authorization: 'Bearer correct-token' };
// OTLP/gRPC has metadata in the place of headers.
const metadata = Metadata.fromHttp2Headers(headers);
const exporter = new OTLPLogExporter(
  packageName.endsWith('-grpc')
    ? { url, metadata, compression }
    : { url, headers, compression },
);
const processor =
  kind === 'batch'
    ? new sdk.BatchLogRecordProcessor({ exporter, maxExportBatchSize: 512 })
    : new sdk.SimpleLogRecordProcessor({ exporter });
const provider = new sdk.LoggerProvider({ processors: [processor] });
const logger = provider.getLogger('auditor', '1.2');
for (const record of runInThisContext(readFileSync(0, 'utf8')))
  logger.emit(record);
void provider.shutdown();
