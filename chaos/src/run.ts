import { isClean } from './check/findings';
import type { Findings } from './check/findings';
import { provesNothing } from './check/proves-nothing';
import type { Effort } from './check/proves-nothing';
import { parseEmitterOptions } from './emitter/options';
import { runEmitterChaos } from './emitter/run-emitter-chaos';
import { parseOptions } from './options';
import { isForPipeline, parsePipelineOptions } from './pipeline/options';
import { writeReport } from './pipeline/report/write-report';
import { runPipeline } from './pipeline/run-pipeline';
import { runChaos } from './run-chaos';

interface Outcome {
  findings: Findings<string>;
  figures: Record<string, number>;
  seed: number;
  effort: Effort;
  sabotage?: string | undefined;
  plant?: string | undefined;
}

async function main(args: string[]): Promise<void> {
  const run =
    args[0] === 'emitter'
      ? killEmitters
      : isForPipeline(args)
        ? troublePipeline
        : killServers;
  const outcome = await run(args);
  const { findings, figures, effort, seed, sabotage, plant } = outcome;
  for (const example of findings.examples) console.log(example);
  const result = { ...figures, ...findings.counts, seed, sabotage, plant };
  console.log(`RESULT ${JSON.stringify(result)}`);
  const reason = provesNothing(effort);
  if (reason !== undefined) console.error(reason);
  process.exitCode = isClean(findings) && reason === undefined ? 0 : 1;
}

async function killServers(args: string[]): Promise<Outcome> {
  const options = parseOptions(args);
  const { seed, receiverKills, postgresKills, sabotage } = options;
  begin(
    seed,
    `${receiverKills} kills of the receiver, ${postgresKills} of Postgres`,
    sabotage,
  );
  const done = await runChaos(options, console.log, interruptSignal());
  const figures = { receiverKills, postgresKills, ...done.figures };
  const effort = {
    promised: done.figures['acknowledged'] ?? 0,
    faults: receiverKills + postgresKills || undefined,
  };
  return { ...done, figures, effort, seed, sabotage };
}

async function killEmitters([, ...args]: string[]): Promise<Outcome> {
  const options = parseEmitterOptions(args);
  const { seed, kills, sabotage } = options;
  begin(seed, `${kills} kills of the emitter`, sabotage);
  const done = await runEmitterChaos(options, console.log, interruptSignal());
  const effort = {
    promised: done.figures['spooled'] ?? 0,
    faults: kills || undefined,
  };
  return { ...done, effort, seed, sabotage };
}

async function troublePipeline(args: string[]): Promise<Outcome> {
  const options = parsePipelineOptions(args);
  const { seed, plant, durationMs, rate } = options;
  begin(
    seed,
    `the whole pipeline for ${durationMs / 60_000} minutes at ${rate} events/s`,
    plant,
  );
  const report = await runPipeline(options, console.log, interruptSignal());
  console.log(`report: ${writeReport(options.report, report)}`);
  const { findings, figures, faults } = report;
  const minutes = durationMs / 60_000;
  return {
    ...{ findings, seed, plant },
    effort: { promised: figures['promised'] ?? 0, faults: faults.length },
    figures: { minutes, faults: faults.length, ...figures },
  };
}

function begin(seed: number, what: string, sabotage: string | undefined): void {
  const broken = sabotage ? `, sabotage ${sabotage}` : '';
  console.log(`seed ${seed}: ${what}${broken}`);
}

/** Aborted by the first Ctrl-C; the second one ends the process as usual. */
function interruptSignal(): AbortSignal {
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      console.error(`${name}: ending what was started`);
      interrupt.abort();
    });
  return interrupt.signal;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`the run failed: ${String(error)}`);
  process.exitCode = 1;
});
