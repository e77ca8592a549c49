import { isClean } from './check/findings';
import { parseOptions } from './options';
import { runChaos } from './run-chaos';

async function main(args: string[]): Promise<void> {
  const options = parseOptions(args);
  const { seed, receiverKills, postgresKills, sabotage } = options;
  console.log(
    `seed ${seed}: ${receiverKills} kills of the receiver, ${postgresKills} of Postgres${sabotage ? `, sabotage ${sabotage}` : ''}`,
  );
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => interrupt.abort(new Error(`stopped by ${name}`)));
  const { findings, figures } = await runChaos(
    options,
    console.log,
    interrupt.signal,
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

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`the run failed: ${String(error)}`);
  process.exitCode = 1;
});
