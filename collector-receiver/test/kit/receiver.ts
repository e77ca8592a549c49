import type { Received } from 'audit-event/store';
import type { Config } from '../../src/config';
import { startReceiver } from '../../src/start';
import type { ReceiverDeps } from '../../src/start';
import { recordingLogger } from './recording-logger';

export interface TestReceiver {
  url: string;
  /** What was committed, in order. */
  committed: Received[];
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
  const committed: Received[] = [];
  const { logger, lines } = recordingLogger();
  const server = await startReceiver(
    {
      databaseUrl: 'postgres://unused',
      host: '127.0.0.1',
      port: 0,
      ingestToken: undefined,
      maxBodyBytes: 1024 * 1024,
      maxInFlightBytes: 4 * 1024 * 1024,
      maxConnections: 100,
      allowUnsafeDurability: false,
      requireStandby: false,
      foreignRecords: 'store',
      file: '/nonexistent/audit.yaml',
      ...config,
    },
    {
      commit: (received) => Promise.resolve(void committed.push(received)),
      readiness: () => Promise.resolve({ status: 'ready' }),
      loadDatabaseRules: () => Promise.resolve([]),
      logger,
      ...deps,
    },
  );
  const receiver: TestReceiver = {
    url: server.url,
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
