import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectorBinary } from './collector-binary';
import { freePorts, onPorts } from './ports';
import type { CollectorPorts } from './ports';

const ROOT = join(__dirname, '..', '..', '..');
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 20;

export interface CollectorOptions {
  /** Whatever `--config` takes, later ones over earlier ones; files relative to the repository. `otel-collector.yaml` by default. */
  config?: string[] | undefined;
  /** What the configuration reads from the environment, such as `AUDIT_RECEIVER_ENDPOINT`; nothing else is there. */
  env: Record<string, string>;
  /** Where it keeps its queue. */
  directory: string;
  /** Those of one that has ended, to start it again in its place; free ones by default. */
  ports?: CollectorPorts | undefined;
  /** Whether Ctrl-C in the terminal reaches only the caller, who then ends it. Not by default. */
  detached?: boolean | undefined;
  /** What becomes the Collector once it has done its own, such as `['setpriv', '--bounding-set=-all']`. */
  through?: readonly string[] | undefined;
}

/** A Collector as a process of its own. */
export interface Collector {
  ports: CollectorPorts;
  /** Of OTLP/HTTP, without a path. */
  url: string;
  /** Of OTLP/gRPC. */
  grpcUrl: string;
  pid: number;
  /** All that it has printed so far. */
  output(): string;
  /** Its own metrics as Prometheus reads them. */
  metrics(): Promise<string>;
  /** Sends a signal and resolves with exit code and signal once it is gone. */
  kill(signal: NodeJS.Signals): Promise<[number | null, NodeJS.Signals | null]>;
  /** SIGTERM, and SIGKILL if it has not ended after ten seconds; nothing if it has ended before. */
  stop(): Promise<void>;
}

/**
 * Starts a Collector with the configuration given, as shipped but for its ports and the directory of its queue, and
 * resolves once its health check says that all pipelines run.
 *
 * @throws with what it printed when it ends before, or is not ready within a minute
 * @example
 * const collector = await startCollector({
 *   env: { AUDIT_RECEIVER_ENDPOINT: receiver.url, AUDIT_INGEST_TOKEN: 'secret', OTEL_BACKEND_ENDPOINT: '127.0.0.1:1' },
 *   directory: mkdtempSync(join(tmpdir(), 'collector-')),
 * });
 * await send(`${collector.url}/v1/logs`);
 * await collector.stop();
 */
export async function startCollector({
  config = ['otel-collector.yaml'],
  env,
  directory,
  ports,
  detached = false,
  through = [],
}: CollectorOptions): Promise<Collector> {
  const binary = await collectorBinary();
  const used = ports ?? (await freePorts());
  const args = [...config, ...onPorts(used, directory)].map(
    (uri) => `--config=${uri}`,
  );
  const [program, ...rest] = [...through, binary, ...args];
  const child = spawn(program!, rest, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached,
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const gone = once(child, 'close') as ReturnType<Collector['kill']>;
  await ready(child, used, () => output);
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return gone;
  };
  return {
    ports: used,
    url: `http://127.0.0.1:${used.http}`,
    grpcUrl: `http://127.0.0.1:${used.grpc}`,
    pid: child.pid!,
    output: () => output,
    metrics: async () =>
      (await fetch(`http://127.0.0.1:${used.metrics}/metrics`)).text(),
    kill,
    stop: () => stop(kill),
  };
}

const STOP_TIMEOUT_MS = 10_000;

async function stop(kill: Collector['kill']): Promise<void> {
  const timer = setTimeout(() => void kill('SIGKILL'), STOP_TIMEOUT_MS);
  await kill('SIGTERM');
  clearTimeout(timer);
}

async function ready(
  child: ChildProcess,
  { health }: CollectorPorts,
  output: () => string,
): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isReady(health))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(
        `the Collector ${ended ? 'ended before it was ready' : `was not ready after ${START_TIMEOUT_MS / 1000} s`}: ${output().slice(-2000)}`,
      );
    }
    await sleep(POLL_MS);
  }
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    (answer) => answer.ok,
    () => false,
  );
}
