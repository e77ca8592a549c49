import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface EmitOptions {
  exporter:
    | 'exporter-logs-otlp-http'
    | 'exporter-logs-otlp-proto'
    | 'exporter-logs-otlp-grpc';
  compression: 'none' | 'gzip';
  processor: 'simple' | 'batch';
  /** Of the logs endpoint; with gRPC of the server. */
  url: string;
}

/** Emits records, given as a JavaScript expression of a list, with the stock SDK, and waits until it has shut down. */
export async function emitWithOpentelemetryJs(
  records: string,
  { exporter, compression, processor, url }: EmitOptions,
): Promise<void> {
  const script = join(__dirname, 'opentelemetry-js-process.js');
  const child = spawn(
    process.execPath,
    [script, `@opentelemetry/${exporter}`, url, compression, processor],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  child.stdin.end(records);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the emitting process ended with ${code}`);
}
