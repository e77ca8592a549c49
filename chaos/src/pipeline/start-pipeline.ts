import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDatabase } from '../crash/with-database';
import { seededRandom } from '../seeded-random';
import { startFleet } from './emit/emitter-fleet';
import type { EmitterFleet } from './emit/emitter-fleet';
import { createJournal } from './emit/journal';
import type { Journal } from './emit/journal';
import { createCollector } from './parts/collector';
import type { Collector, CollectorMode } from './parts/collector';
import { startFaultProxy } from './parts/fault-proxy';
import type { FaultProxy } from './parts/fault-proxy';
import { createReceiver, RULES } from './parts/receiver';
import type { Receiver } from './parts/receiver';
import { supervisePostgres } from './parts/supervised-postgres';
import type { SupervisedPostgres } from './parts/supervised-postgres';
import { mountVolume } from './parts/volume';
import type { Volume } from './parts/volume';
import type { Builds } from './plants/prepare-builds';
import { settings } from './settings';

/** Everything that runs. */
export interface Pipeline {
  fleet: EmitterFleet;
  /** From the emitters on; without a Collector both are the same one. */
  hops: readonly [FaultProxy, FaultProxy];
  collector: Collector | undefined;
  receivers: readonly Receiver[];
  postgres: SupervisedPostgres;
  /** Undefined where no volume of its own could be mounted. */
  volumes: { queue: Volume; database: Volume } | undefined;
  journal: Journal;
}

/** What it is started with. */
export interface PipelineSetup {
  folder: string;
  seed: number;
  startedAt: bigint;
  rate: number;
  /** The Collector's program; without it emitters send to the receivers. */
  collectorBinary: string | undefined;
  mode: CollectorMode;
  builds: Builds;
  journalFile: string;
  onFailed(error: unknown): void;
}

/** Where the spool of the emitters is. */
export const SPOOL = 'spool';

/** Starts all parts, from the database on. What was started is ended, and what was mounted unmounted, by `cleanup`. */
export async function startPipeline(
  setup: PipelineSetup,
  cleanup: AsyncDisposableStack,
): Promise<Pipeline> {
  const { folder, builds, seed, collectorBinary } = setup;
  const volumes = mountVolumes(folder, cleanup);
  const postgresFolder = join(folder, 'database', 'server');
  mkdirSync(postgresFolder, { recursive: true });
  const postgres = await supervisePostgres(postgresFolder);
  cleanup.defer(() => postgres.remove());
  writeFileSync(join(folder, RULES), 'excludeRules: []\n');

  const receivers = await Promise.all(
    Array.from({ length: settings.receivers }, (_, i) =>
      createReceiver({
        ...{ folder, name: `receiver-${i}`, databaseUrl: postgres.url },
        scripts: builds.receivers,
      }),
    ),
  );
  for (const receiver of receivers) {
    cleanup.defer(() => receiver.crash());
    receiver.start();
    // The first one migrates the database, which is not what this run is about.
    if (!(await receiver.ready()))
      throw new Error(
        `expected a receiver to be ready within ${settings.readyMs / 1_000} s, but it is not; see its log beside the report`,
      );
  }
  await withDatabase(postgres.url, async (db) => {
    for (const statement of builds.sql) await db.query(statement);
  });

  const ports = receivers.map(({ port }) => port);
  const back = await startFaultProxy(ports, seededRandom(seed, 'hop', 1));
  cleanup.defer(() => back.close());
  const collector =
    collectorBinary === undefined
      ? undefined
      : await createCollector({
          ...{ folder, binary: collectorBinary, receiverUrl: back.url },
          mode: setup.mode,
          config: builds.collectorConfig,
          queueFolder: join(folder, 'queue', 'audit'),
        });
  let front = back;
  if (collector) {
    cleanup.defer(() => collector.crash());
    collector.start();
    const { port } = new URL(collector.url);
    front = await startFaultProxy([+port], seededRandom(seed, 'hop', 0));
    cleanup.defer(() => front.close());
  }

  const journal = createJournal(setup.journalFile);
  cleanup.defer(() => journal.close());
  const fleet = startFleet({
    ...{ folder, journal, slots: settings.emitters },
    emit: {
      ...{ seed, rate: setup.rate, auditorModule: builds.auditorModule },
      startedAt: String(setup.startedAt),
      endpoint: front.url,
      token: settings.ingestToken,
      directory: join(folder, SPOOL),
    },
    onFailed: (error) => setup.onFailed(error),
  });
  cleanup.defer(() => fleet.remove());
  return {
    ...{ fleet, collector, receivers, postgres, volumes, journal },
    hops: [front, back],
  };
}

function mountVolumes(
  folder: string,
  cleanup: AsyncDisposableStack,
): Pipeline['volumes'] {
  const { databaseVolumeBytes, queueVolumeBytes } = settings;
  const mount = (name: string, bytes: number) => {
    const volume = mountVolume(join(folder, name), bytes);
    if (volume) cleanup.defer(() => volume.remove());
    return volume;
  };
  const queue = mount('queue', queueVolumeBytes);
  const database = mount('database', databaseVolumeBytes);
  return queue && database && { queue, database };
}
