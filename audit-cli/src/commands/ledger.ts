import type { Command } from 'commander';
import { readJson } from '../api/read-json';
import type { Deps } from '../deps';
import { exitCode } from '../exit-code';
import { timeQuery } from '../filters/time-query';
import type { TimeOptions } from '../filters/time-query';
import { ledgerReport } from '../ledger/ledger-report';
import type { Ledger } from '../ledger/ledger';
import type { SettingOptions } from '../settings';
import { exactJson } from '../text/exact-json';

interface Options extends SettingOptions, TimeOptions {
  compare?: true | undefined;
  json?: true | undefined;
}

const HELP = `
The exit code is 1 when it does not add up.

Examples:
  audit ledger
  audit ledger --since 1d --compare`;

/** `audit ledger`: whether what was received is accounted for. */
export function addLedgerCommand(program: Command, deps: Deps): void {
  program
    .command('ledger')
    .summary('does it add up: what became of all that was received')
    .description(
      'Says what became of all that was received, and whether it adds up: received = stored + duplicate + excluded + quarantined, and no batch is missing.',
    )
    .option('--since <time>', 'committed from: 1d, 2026-01-15 (default: 30d)')
    .option('--until <time>', 'committed until (default: now)')
    .option(
      '--compare',
      'also count what is really there, batch by batch; it reads every event of the time',
    )
    .option('--json', 'the whole answer as JSON, for programs')
    .addHelpText('after', HELP)
    .action(async (_options: Options, command: Command) =>
      ledger(command.optsWithGlobals<Options>(), deps),
    );
}

async function ledger(options: Options, deps: Deps): Promise<void> {
  const query = new URLSearchParams();
  timeQuery(query, options, deps.now());
  if (options.compare) query.set('compare', 'true');
  const answer = await deps.api(options).ask('/ledger', { query });
  const found = await readJson<Ledger>(answer);
  await deps.terminal.out(
    options.json ? `${exactJson(found)}\n` : ledgerReport(found, deps.terminal),
  );
  if (!found.adds_up) deps.setExitCode(exitCode.notSo);
}
