import type { AuditEvent } from 'audit-event';
import type { Received } from 'audit-event/store';
import { eventsIn } from '../../../test/src/read-rows';
import type { Config } from '../../src/config';
import { startReceiver } from '../../src/start';
import type { ReceiverDeps } from '../../src/start';
import { recordingLogger } from './recording-logger';

/** A request as it was to be committed, its rows as the events that they are. */
export interface CommittedRequest extends Omit<Received, 'events'> {
  events: AuditEvent[];
}

export interface TestReceiver {
  url: string;
  grpcUrl: string;
  /** What was committed, in order. */
  committed: CommittedRequest[];
  lines: string[];
  /** Posts to a path of the receiver. */
  post(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

const running: TestReceiver[] = [];

/** Starts a receiver on a free port whose commit keeps what it gets. `closeReceivers` ends it. */
export async function aReceiver(
  config: Partial<Config> = {},
  deps: Partial<ReceiverDeps> = {},
): Promise<TestReceiver> {
  const committed: CommittedRequest[] = [];
  const { logger, lines } = recordingLogger();
  const server = await startReceiver(
    {
      databaseUrl: 'postgres://unused',
      host: '127.0.0.1',
      port: 0,
      grpcPort: 0,
      tls: undefined,
      ingestToken: undefined,
      maxBodyBytes: 1024 * 1024,
      maxInFlightBytes: 4 * 1024 * 1024,
      maxConnections: 100,
      allowUnsafeDurability: false,
      requireStandby: false,
      foreignRecords: 'store',
      operationTimeoutMs: 900_000,
      archiveDirectory: undefined,
      file: '/nonexistent/audit.yaml',
      ...config,
    },
    {
      commit: (received) =>
        Promise.resolve(
          void committed.push({ ...received, events: eventsIn(received) }),
        ),
      readiness: () => Promise.resolve({ status: 'ready' }),
      loadDatabaseRules: () => Promise.resolve([]),
      logger,
      ...deps,
    },
  );
  const receiver: TestReceiver = {
    url: server.url,
    grpcUrl: server.grpcUrl,
    committed,
    lines,
    close: () => server.close(),
    post: (path, init) => fetch(server.url + path, { method: 'POST', ...init }),
  };
  running.push(receiver);
  return receiver;
}

/** Closes the receivers that are still open: for `afterEach`. */
export async function closeReceivers(): Promise<void> {
  await Promise.all(running.splice(0).map((receiver) => receiver.close()));
}
