import { decode } from './decode';
import { emit } from './emit';
import { outage } from './emit/outage';
import { outageLosses } from './emit/outage-losses';
import { spoolAwait } from './emit/spool-await';
import { hostile } from './hostile';
import { indexCost } from './index-cost';
import { ingest } from './ingest';
import { overload } from './overload';
import { page } from './page';
import { query } from './query';
import { rules } from './rules';
import { seed } from './seed';

/** One benchmark per question. Each prints what it does and returns its figures. */
const benches = {
  emit,
  ingest,
  decode,
  rules,
  hostile,
  overload,
  outage,
  'outage-losses': outageLosses,
  'spool-await': spoolAwait,
  seed,
  query,
  page,
  'index-cost': indexCost,
} satisfies Record<string, Bench>;

type Bench = (args: string[]) => Promise<object>;

async function main([name = '', ...args]: string[]): Promise<void> {
  const bench = (benches as Partial<Record<string, Bench>>)[name];
  if (!bench)
    throw new Error(
      `expected the name of a benchmark (${Object.keys(benches).join(', ')}), got "${name}"; try: npm run bench -- ingest`,
    );
  const result = await bench(args);
  console.log(`RESULT ${JSON.stringify(result)}`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
