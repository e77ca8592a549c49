import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  globSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { withDatabase } from '../crash/with-database';
import { isClean, report as reportFinding } from '../check/findings';
import { waitForWriters } from '../check/wait-for-writers';
import { SERVICE_NAME } from '../emitter/emit-options';
import { leftIn } from '../emitter/left-in';
import { checkParts } from './check/check-parts';
import type { PartRecord } from './check/check-parts';
import { checkPipeline } from './check/check-pipeline';
import { drain } from './drain';
import { chooseFaults } from './faults/choose-faults';
import type { Need } from './faults/fault-kinds';
import { planFaults } from './faults/plan-faults';
import { runFaults } from './faults/run-faults';
import { findCollector } from './find-collector';
import type { PipelineOptions } from './options';
import { isEnd } from './parts/mishap';
import { prepareBuilds } from './plants/prepare-builds';
import type { PipelineReport } from './report/pipeline-report';
import { SPOOL, startPipeline } from './start-pipeline';
import type { Pipeline } from './start-pipeline';
import { startTimeline } from './timeline';

const FAULTS_PER_LINE = 10;

/**
 * Runs the whole pipeline under load, troubles it by a schedule, lets everything be delivered, and compares the database
 * with what emitters had promised.
 *
 * @param print takes a line of progress now and then
 * @param signal gives up; all processes are ended and all files removed then, too
 * @throws when a part does not come back, an emitter fails, or `signal` says so
 */
export async function runPipeline(
  options: PipelineOptions,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<PipelineReport> {
  await using cleanup = new AsyncDisposableStack();
  const { seed, durationMs, plant } = options;
  const collectorBinary = await findCollector(options.collector, print);
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-chaos-'));
  // As root, Postgres runs as another user, who must get there too.
  chmodSync(folder, 0o755);
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(options.report, { recursive: true });

  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const startedAt = new Date();
  const origin = { seed, startedAt: BigInt(startedAt.getTime()) * 1_000_000n };
  const pipeline = await startPipeline(
    {
      ...{ folder, seed, collectorBinary, rate: options.rate },
      mode: options.mode,
      startedAt: origin.startedAt,
      builds: prepareBuilds(folder, plant),
      journalFile: join(options.report, 'promised.txt'),
      onFailed: (error) => failed.abort(error),
    },
    cleanup,
  );
  // Before the parts are ended: what they said is wanted most when the run fails.
  cleanup.defer(() => keepLogs(folder, options.report));

  if (!pipeline.volumes)
    print(
      'no disk becomes full in this run: that needs volumes of limited size, which only root can mount, on Linux',
    );
  const faults = planFaults({
    seed,
    durationMs,
    ...chooseFaults(thereFor(pipeline), options.faults),
  });
  print(`${faults.length} faults in ${durationMs / 1_000} s`);
  const { journal, fleet, postgres } = pipeline;
  const timeline = startTimeline(postgres.url, () => journal.total());
  cleanup.defer(() => timeline.end());
  let over = 0;
  const beganMs = performance.now();
  const faultsDone = runFaults(
    pipeline,
    faults,
    durationMs,
    () => {
      over += 1;
      if (over % FAULTS_PER_LINE === 0)
        print(`${over} faults: ${journal.total()} events promised`);
    },
    either,
  );
  const done = await orReason(faultsDone, either);
  print('the load ends; what is left is delivered');
  const drainBegan = performance.now();
  await orReason(drain(pipeline, either), either);
  await timeline.end();
  const drainedMs = Math.round(performance.now() - drainBegan);
  print(`drained after ${drainedMs} ms; comparing`);

  const { findings, figures } = await withDatabase(postgres.url, async (db) => {
    await waitForWriters(db);
    return checkPipeline(db, {
      ...{ origin, journal, signal },
      processes: fleet.processes(),
    });
  });
  const parts = partsOf(pipeline);
  checkParts(parts, done, beganMs, findings);
  const { left, damaged } = leftIn(join(folder, SPOOL, SERVICE_NAME));
  for (const what of left) reportFinding(findings, 'left', what);
  return {
    ...{ seed, plant, findings, faults: done, samples: timeline.samples },
    startedAt: startedAt.toISOString(),
    durationMs,
    collector: collectorBinary === undefined ? 'none' : options.mode,
    isClean: isClean(findings),
    figures: {
      ...figures,
      ...{ damaged, drainedMs },
      emitterProcesses: fleet.processes(),
      droppedAnswers: droppedAnswers(pipeline),
      endedByThemselves: parts.flatMap(({ mishaps }) => mishaps.filter(isEnd))
        .length,
    },
  };
}

/** Why a run was given up says more than that a part of it was. */
async function orReason<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

function droppedAnswers({ hops }: Pipeline): number {
  // Without a Collector both are the same one.
  return [...new Set(hops)].reduce((sum, hop) => sum + hop.counts().dropped, 0);
}

/** The processes that are started again when they end. */
function partsOf({ collector, receivers, postgres }: Pipeline): PartRecord[] {
  return [
    { kind: 'postgres', name: 'Postgres', mishaps: postgres.mishaps() },
    ...receivers.map((receiver) => ({
      ...{ kind: 'receiver' as const, name: receiver.name },
      mishaps: receiver.mishaps(),
    })),
    ...(collector
      ? [
          {
            ...{ kind: 'collector' as const, name: 'the Collector' },
            mishaps: collector.mishaps(),
          },
        ]
      : []),
  ];
}

function thereFor({ collector, volumes }: Pipeline): Need[] {
  return [
    ...(collector ? (['collector'] as const) : []),
    ...(volumes ? (['volumes'] as const) : []),
  ];
}

function keepLogs(folder: string, report: string): void {
  for (const name of globSync('{*.log,database/server/*.log}', { cwd: folder }))
    cpSync(join(folder, name), join(report, basename(name)));
}
