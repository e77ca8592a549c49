import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import type { ChannelCredentials, ServiceError } from '@grpc/grpc-js';
import { EXPORT } from './raw-grpc';

export interface ExportOptions {
  metadata?: Record<string, string>;
  /** As grpc-js numbers them. */
  compression?: 'identity' | 'gzip';
  /** Milliseconds. */
  timeout?: number;
  credentials?: ChannelCredentials;
  path?: string;
}

export type ExportResult =
  | { code: 'OK'; message: Buffer }
  | { code: string; details: string; metadata: Metadata };

const compressions = { identity: 0, gzip: 2 };

/** Calls LogsService/Export with a client of grpc-js. */
export async function exportLogs(
  url: string,
  body: Uint8Array,
  options: ExportOptions = {},
): Promise<ExportResult> {
  const client = new Client(
    new URL(url).host,
    options.credentials ?? credentials.createInsecure(),
    {
      'grpc.default_compression_algorithm':
        compressions[options.compression ?? 'identity'],
      'grpc.enable_retries': 0,
    },
  );
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(options.metadata ?? {}))
    metadata.set(name, value);
  try {
    return await new Promise((resolve) => {
      client.makeUnaryRequest(
        options.path ?? EXPORT,
        (message: Buffer) => message,
        (message: Buffer) => message,
        Buffer.from(body),
        metadata,
        { deadline: Date.now() + (options.timeout ?? 30_000) },
        (error: ServiceError | null, message?: Buffer) =>
          resolve(
            error
              ? {
                  code: status[error.code],
                  details: error.details,
                  metadata: error.metadata,
                }
              : { code: 'OK', message: message! },
          ),
      );
    });
  } finally {
    client.close();
  }
}
