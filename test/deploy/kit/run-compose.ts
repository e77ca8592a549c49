import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ComposeProject } from './compose';
import { enter } from './enter';
import type { Entered } from './enter';

const PATIENCE_MS = 60_000;

/** A network of its own that has nothing but loopback, in which services find each other by their names. */
export interface ComposeRun {
  /** A process in the network. */
  network: number;
  /** Starts the command of a service with its environment, secrets and volumes, as its image would. */
  start(service: string): Entered;
  /** Starts it and waits until its health check says so; throws with its output when it ends before. */
  startHealthy(service: string): Promise<Entered>;
  /** Runs JavaScript with the network's addresses and gives back what it prints. */
  evaluate(script: string): string;
  close(): Promise<void>;
}

/**
 * Runs services of a compose file without Docker.
 *
 * @param image the folder with the image's files
 */
export async function runCompose(
  project: ComposeProject,
  image: string,
): Promise<ComposeRun> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-compose-'));
  const holder = spawn(
    'unshare',
    ['--net', 'sh', '-c', 'ip link set lo up; echo up; exec sleep infinity'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(holder.stdout, 'data');
  const hosts = join(folder, 'hosts');
  writeFileSync(
    hosts,
    ['localhost', ...Object.keys(project.services)]
      .map((name) => `127.0.0.1 ${name}\n`)
      .join(''),
  );
  const running: Entered[] = [];

  function entryOf(
    name: string,
    command: string[],
  ): Parameters<typeof enter>[0] {
    const service = project.services[name]!;
    const secrets = (service.secrets ?? []).map(({ source }) => [
      `/run/secrets/${source}`,
      project.secrets[source]!.file,
    ]);
    const volumes = (service.volumes ?? []).filter(
      ({ type }) => type === 'volume',
    );
    return {
      image,
      command,
      workdir: '/app',
      env: { NODE_ENV: 'production', ...service.environment },
      files: { '/etc/hosts': hosts, ...Object.fromEntries(secrets) },
      writable: [
        ...(service.tmpfs ?? []),
        ...volumes.map(({ target }) => target),
      ],
      networkOf: holder.pid!,
    };
  }

  function start(name: string): Entered {
    const started = enter(entryOf(name, project.services[name]!.command!));
    running.push(started);
    return started;
  }

  async function startHealthy(name: string): Promise<Entered> {
    const started = start(name);
    let ended = false;
    void started.ended.then(() => (ended = true));
    const [, ...check] = project.services[name]!.healthcheck!.test;
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      if ((await enter(entryOf(name, check)).ended) === 0) return started;
      if (ended || Date.now() > deadline)
        throw new Error(`${name} is not healthy: ${started.output()}`);
      await sleep(200);
    }
  }

  return {
    network: holder.pid!,
    start,
    startHealthy,
    evaluate(script) {
      const args = [`--net=/proc/${holder.pid}/ns/net`, process.execPath];
      const ran = spawnSync('nsenter', [...args, '-e', script], {
        encoding: 'utf8',
      });
      if (ran.status !== 0) throw new Error(ran.stderr);
      return ran.stdout;
    },
    async close() {
      for (const one of running) one.kill('SIGKILL');
      await Promise.all(running.map(({ ended }) => ended));
      holder.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
