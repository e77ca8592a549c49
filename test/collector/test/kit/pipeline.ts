import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCollector } from '#collector';
import type { Collector } from '#collector';
import { createTestDatabase } from '../../../src/database';
import type { TestDatabase } from '../../../src/database';
import type { EmitterOptions } from '../../src/emitter-options';
import { startEmitter } from './emitter';
import type { Emitter } from './emitter';
import { startReceiver } from './receiver';
import type { Receiver } from './receiver';

export const TOKEN = 'token-of-the-tests';

export interface PipelineOptions {
  /** As in `CollectorOptions`. */
  config?: string[] | undefined;
  /** What the Collector's configuration reads, beyond token and receiver; no fan-out by default. */
  env?: Record<string, string> | undefined;
  /** Of the receiver, beyond token and database. */
  receiverEnv?: Record<string, string> | undefined;
  protocol?: 'http' | 'https' | undefined;
}

/** Emitters, a Collector, a receiver and a Postgres, each a process of its own. */
export interface Pipeline {
  database: TestDatabase;
  receiver: Receiver;
  collector: Collector;
  /** Kills the Collector with SIGKILL and starts it again in its place, with its queue. */
  crashCollector(): Promise<void>;
  /** An emitter that sends to the Collector, with more in its environment. */
  emit(
    options: Partial<EmitterOptions> & { service: string },
    env?: Record<string, string>,
  ): Emitter;
  stop(): Promise<void>;
}

/** Starts all but the emitters. */
export async function startPipeline({
  config,
  env = {},
  receiverEnv = {},
  protocol = 'http',
}: PipelineOptions = {}): Promise<Pipeline> {
  await using started = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'otel-audit-collector-'));
  started.defer(() => rmSync(directory, { recursive: true, force: true }));
  const database = await createTestDatabase();
  started.defer(() => database.drop());
  const receiver = await startReceiver(
    {
      AUDIT_DATABASE_URL: database.url,
      AUDIT_INGEST_TOKEN: TOKEN,
      ...receiverEnv,
    },
    protocol,
  );
  started.defer(() => receiver.stop());
  const options = {
    config,
    directory: join(directory, 'queue'),
    env: {
      AUDIT_RECEIVER_ENDPOINT: receiver.url,
      AUDIT_INGEST_TOKEN: TOKEN,
      AUDIT_COLLECTOR_FANOUT: 'nop',
      ...env,
    },
  };
  const collector = await startCollector(options);
  started.defer(() => pipeline.collector.stop());
  const parts = started.move();
  const pipeline: Pipeline = {
    database,
    receiver,
    collector,
    async crashCollector() {
      const { ports } = pipeline.collector;
      await pipeline.collector.kill('SIGKILL');
      pipeline.collector = await startCollector({ ...options, ports });
    },
    emit({ service, ...given }, emitterEnv) {
      const emitter = startEmitter(
        {
          endpoint: pipeline.collector.url.replace(/^http/, protocol),
          token: TOKEN,
          service,
          directory: join(directory, 'spool', service),
          events: 500,
          ...given,
        },
        emitterEnv,
      );
      parts.defer(() => emitter.kill());
      return emitter;
    },
    stop: () => parts.disposeAsync(),
  };
  return pipeline;
}
