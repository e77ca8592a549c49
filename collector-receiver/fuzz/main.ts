import { parseArgs } from 'node:util';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { corpus } from './corpus';
import { fuzzOne, inputOf } from './fuzz-one';

/** A run that takes longer hangs, in milliseconds. */
const HANG_MS = 10_000;
const CHECK_MS = 1_000;

interface Job {
  seed: number;
  first: number;
  runs: number;
  /** How many runs are done, for the watchdog. */
  progress: Int32Array;
}

/** Mutated OTLP requests against an oracle. Arguments: `--runs 100000 --seed 1`, `--only 17` for one run again. */
function main(): void {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  });
  const seed = Number(values.seed);
  const first = Number(values.only ?? 0);
  const runs = values.only === undefined ? Number(values.runs) : 1;
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(__filename, {
    workerData: { seed, first, runs, progress } satisfies Job,
  });
  let last = { done: -1, at: Date.now() };
  const watchdog = setInterval(() => {
    const done = Atomics.load(progress, 0);
    if (done !== last.done) last = { done, at: Date.now() };
    else if (Date.now() - last.at > HANG_MS) {
      console.error(
        `run ${first + done} of seed ${seed} hangs: repeat it with --seed ${seed} --only ${first + done}`,
      );
      process.exit(1);
    }
  }, CHECK_MS);
  worker.on('error', (error) => {
    const run = first + Atomics.load(progress, 0);
    console.error(
      `run ${run} of seed ${seed} threw: repeat it with --seed ${seed} --only ${run}`,
      error,
    );
    process.exitCode = 1;
  });
  worker.on('exit', (code) => {
    clearInterval(watchdog);
    process.exitCode ||= code;
  });
}

function work({ seed, first, runs, progress }: Job): void {
  const start = process.hrtime.bigint();
  const inputs = corpus(seed);
  const known = new Map<string, number>();
  let unexplained = 0;
  for (let run = first; run < first + runs; run++) {
    const { encoding, input } = inputOf(inputs, seed, run);
    const outcome = fuzzOne(encoding, input);
    for (const name of outcome.known)
      known.set(
        `${encoding}: ${name}`,
        (known.get(`${encoding}: ${name}`) ?? 0) + 1,
      );
    if (outcome.unexplained !== undefined) {
      unexplained++;
      console.error(
        `run ${run} (${encoding}): ${outcome.unexplained}; --seed ${seed} --only ${run}; input ${input.toString('base64').slice(0, 400)}`,
      );
    }
    Atomics.add(progress, 0, 1);
    if (unexplained === 20) break;
  }
  const done = Atomics.load(progress, 0);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(
    `${done} runs of seed ${seed} in ${seconds.toFixed(1)} s (${Math.round(done / seconds)}/s), ${unexplained} unexplained differences`,
  );
  for (const [name, count] of [...known].sort(([, a], [, b]) => b - a))
    console.log(`  ${count} ${name}`);
  if (unexplained > 0) process.exitCode = 1;
}

if (isMainThread) main();
else work(workerData as Job);
