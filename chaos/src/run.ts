import { isClean } from './check/findings';
import { parseOptions } from './options';
import { runChaos } from './run-chaos';

async function main(args: string[]): Promise<void> {
  const options = parseOptions(args);
  const { seed, receiverKills, postgresKills, sabotage } = options;
  console.log(
    `seed ${seed}: ${receiverKills} kills of the receiver, ${postgresKills} of Postgres${sabotage ? `, sabotage ${sabotage}` : ''}`,
  );
  const { findings, figures } = await runChaos(
    options,
    console.log,
    interruptSignal(),
  );
  for (const example of findings.examples) console.log(example);
  const result = {
    receiverKills,
    postgresKills,
    ...figures,
    ...findings.counts,
    seed,
    sabotage,
  };
  console.log(`RESULT ${JSON.stringify(result)}`);
  process.exitCode = isClean(findings) ? 0 : 1;
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
