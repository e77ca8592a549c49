import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { RecordableHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { auditorSubject } from './auditor-subject';
import { stockSubject } from './stock-subject';
import type { Subject } from './subject';

/** What the process is told, as JSON in its first argument. */
export interface EmittingOptions {
  subject: 'auditor' | 'stock';
  url: string;
  /** Of the spool. */
  directory: string;
  eventsPerSecond: number;
  /** The number of the first event. */
  first: number;
  /** Whether each number is written to standard output when the event was emitted. */
  tells: boolean;
}

/** What the process measured since it was asked last, in milliseconds. */
export interface Snapshot {
  /** Events emitted since the start. */
  emitted: number;
  /** From `createEvent` until `success` has returned, not awaited. */
  callP99Ms: number;
  /** From the call of `success` until its promise resolved. */
  awaitP50Ms: number;
  awaitP99Ms: number;
  /** How much later than asked for timers ran. */
  loopDelayP99Ms: number;
}

export type Request = 'snapshot' | 'stop';

const TICK_MS = 1;
const NS_PER_MS = 1e6;
const options = JSON.parse(process.argv[2]!) as EmittingOptions;
const call = createHistogram();
const awaited = createHistogram();
const loopDelay = monitorEventLoopDelay({ resolution: TICK_MS });
const subject: Subject = { auditor: auditorSubject, stock: stockSubject }[
  options.subject
](options);
let emitted = 0;
const stop = new AbortController();

async function emit(n: number): Promise<void> {
  const start = performance.now();
  const end = await subject.begin(n);
  const called = performance.now();
  const kept = end();
  note(call, performance.now() - start);
  if (options.tells) process.stdout.write(`${n}\n`);
  await kept;
  note(awaited, performance.now() - called);
}

function note(histogram: RecordableHistogram, ms: number): void {
  histogram.record(Math.max(1, Math.round(ms * NS_PER_MS)));
}

async function emitOn(): Promise<void> {
  const start = performance.now();
  while (!stop.signal.aborted) {
    const ms = performance.now() - start;
    const due = Math.floor((ms * options.eventsPerSecond) / 1_000);
    while (emitted < due) void emit(options.first + emitted++);
    await sleep(TICK_MS);
  }
}

function snapshot(): Snapshot {
  const ms = ({ percentile }: { percentile: number }) =>
    Number((percentile / NS_PER_MS).toFixed(3));
  const taken = {
    emitted,
    callP99Ms: ms({ percentile: call.percentile(99) }),
    awaitP50Ms: ms({ percentile: awaited.percentile(50) }),
    awaitP99Ms: ms({ percentile: awaited.percentile(99) }),
    loopDelayP99Ms: ms({ percentile: loopDelay.percentile(99) }),
  };
  for (const histogram of [call, awaited, loopDelay]) histogram.reset();
  return taken;
}

process.on('message', (request: Request) => {
  if (request === 'snapshot') process.send!(snapshot());
  else stop.abort();
});
// The process that measures is gone.
process.once('disconnect', () => process.exit(1));
loopDelay.enable();
void emitOn()
  .then(() => subject.close())
  .then(() => process.exit());
process.send!('begun');
