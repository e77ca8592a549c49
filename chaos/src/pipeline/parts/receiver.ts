import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../crash/free-port';
import { settings } from '../settings';
import { createPartClock } from './part-clock';
import { supervise } from './supervised';
import type { Supervised } from './supervised';

/** A receiver of the run. */
export interface Receiver extends Supervised {
  name: string;
  port: number;
  /** At its next start it is the other version. */
  switchVersion(): void;
  shiftClock(ms: number): void;
  /** Resolves once it says that it is ready, or after half a minute; whether it does. */
  ready(): Promise<boolean>;
}

/** How it is set up. */
export interface ReceiverOptions {
  name: string;
  folder: string;
  databaseUrl: string;
  /** The program in both versions. */
  scripts: readonly [string, string];
}

/** The receivers' file of settings, in the folder of the run. */
export const RULES = 'audit.yaml';
const POLL_MS = 50;

/** A receiver that is not started yet. */
export async function createReceiver(
  options: ReceiverOptions,
): Promise<Receiver> {
  const { name, folder, scripts } = options;
  const [port, grpcPort] = [await freePort(), await freePort()];
  const clock = createPartClock(folder, name);
  let version: 0 | 1 = 0;
  const supervised = supervise(
    () => ({
      file: process.execPath,
      args: [...clock.nodeArgs, scripts[version]],
      env: {
        ...clock.env,
        AUDIT_DATABASE_URL: options.databaseUrl,
        AUDIT_RECEIVER_HTTP_PORT: String(port),
        AUDIT_RECEIVER_GRPC_PORT: String(grpcPort),
        AUDIT_INGEST_TOKEN: settings.ingestToken,
        AUDIT_CONFIG: join(folder, RULES),
      },
    }),
    { logFile: join(folder, `${name}.log`), upLine: 'listening on' },
  );
  return {
    ...supervised,
    name,
    port,
    switchVersion: () => (version = version === 0 ? 1 : 0),
    shiftClock(ms) {
      clock.shift(ms);
      supervised.signal('SIGUSR2');
    },
    async ready() {
      const deadline = Date.now() + settings.readyMs;
      while (!(await isReady(port))) {
        if (Date.now() > deadline) {
          supervised.noteLate(
            `was not ready within ${settings.readyMs / 1_000} s`,
          );
          return false;
        }
        await sleep(POLL_MS);
      }
      return true;
    },
  };
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`, {
    signal: AbortSignal.timeout(1_000),
  }).then(
    (answer) => answer.ok,
    () => false,
  );
}
