import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../in-turns';
import { seededRandom } from '../seeded-random';
import type { Begun, Contender } from './contender';
import type { Operation } from './real-operations';

/** Operations in a burst are 1 to 19, so 10 on average. */
const BURST_MEAN = 10;

export interface TurnOptions {
  /** Audit events a second; an operation makes two. */
  rate: number;
  seconds: number;
}

export interface TurnReport {
  /** Microseconds of a call: in the caller's stack, and in the microtasks that it causes. */
  createP50Us: number;
  createP99Us: number;
  /** Of the first call in a burst: code and data are no longer in the processor's caches. */
  firstCreateP50Us: number;
  successP50Us: number;
  successP99Us: number;
  loopDelayP99Ms: number;
  operations: number;
}

/** One turn of a server that audits: operations in bursts at random times, of which nothing is awaited. */
export async function runTurn(
  contender: Contender,
  operations: readonly string[],
  { rate, seconds }: TurnOptions,
): Promise<TurnReport> {
  const random = seededRandom(7);
  const create: number[] = [];
  const firstCreate: number[] = [];
  const success: number[] = [];
  const idle: number[] = [];
  const begun: { event: Begun; meta: Operation['endMeta'] }[] = [];
  const total = (rate / 2) * seconds;
  const meanGapMs = (1000 * BURST_MEAN) / (rate / 2);
  let started = 0;
  let failure: unknown;

  async function begin(): Promise<void> {
    const operation = JSON.parse(
      operations[started++ % operations.length]!,
    ) as Operation;
    const options = contender.prepare(operation);
    const meta = operation.endMeta;
    create.push(
      await timed(() => {
        contender.createEvent(options).then(
          (event) => begun.push({ event, meta }),
          (error: unknown) => (failure = error),
        );
      }),
    );
  }

  async function endThoseThatBegan(): Promise<void> {
    for (const { event, meta } of begun.splice(0))
      success.push(
        await timed(() => {
          event.success({ meta }).catch((error: unknown) => (failure = error));
        }),
      );
  }

  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let due = performance.now();
  while (started < total) {
    due -= Math.log(1 - random()) * meanGapMs;
    await sleep(Math.max(0, due - performance.now()));
    const burst = 1 + Math.floor(random() * (2 * BURST_MEAN - 1));
    for (let i = 0; i < burst; i++) await begin();
    firstCreate.push(create.at(-burst)!);
    await endThoseThatBegan();
    idle.push(await timed(() => {}));
  }
  delay.disable();
  while (success.length < started && failure === undefined) {
    await sleep(1);
    await endThoseThatBegan();
  }
  if (failure !== undefined) throw failure;
  const own = quantile(idle, 0.5);
  const us = (times: number[], q: number) => (quantile(times, q) - own) * 1000;
  return {
    createP50Us: us(create, 0.5),
    createP99Us: us(create, 0.99),
    firstCreateP50Us: us(firstCreate, 0.5),
    successP50Us: us(success, 0.5),
    successP99Us: us(success, 0.99),
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    operations: started,
  };
}

/** Milliseconds that a call takes, and the microtasks and ticks that it causes: a tick comes after all microtasks. */
async function timed(call: () => void): Promise<number> {
  const start = performance.now();
  call();
  await new Promise<void>((resolve) => process.nextTick(resolve));
  return performance.now() - start;
}
