import { Command } from 'commander';
import { addExportCommand } from './commands/export';
import { addLedgerCommand } from './commands/ledger';
import { addQueryCommand } from './commands/query';
import { addRulesCommand } from './commands/rules';
import { addStreamsCommand } from './commands/streams';
import { addTailCommand } from './commands/tail';
import type { Deps } from './deps';
import { DEFAULT_URL } from './settings';

const HELP = `
The token comes from AUDIT_API_TOKEN, or from a file by --token-file. There is
no option for the token itself: all users of a machine see its command lines.

Exit codes:
  0  fine
  1  what was asked is not so: the ledger does not add up, streams lack records,
     rules would keep out what matters, nobody said yes
  2  wrong usage
  3  it could not be asked, or the answer broke off or could not be written

Examples:
  export AUDIT_API_TOKEN=...
  audit query --status failed --since 2h
  audit tail --severity critical
  audit query --help`;

/** The command line: what there is to say, and what does it. */
export function createProgram(version: string, deps: Deps): Command {
  const program = new Command('audit')
    .description(
      'Reads the audit log: who did what to which thing, and did it work.',
    )
    .option(
      '--url <url>',
      `of the query service, or AUDIT_URL (default: ${DEFAULT_URL})`,
    )
    .option('--token-file <file>', 'has the token in place of AUDIT_API_TOKEN')
    .version(version, '-V, --version', 'says which version this is')
    .helpOption('-h, --help', 'says what there is to say')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText('after', HELP);
  addQueryCommand(program, deps);
  addTailCommand(program, deps);
  addExportCommand(program, deps);
  addRulesCommand(program, deps);
  addLedgerCommand(program, deps);
  addStreamsCommand(program, deps);
  return program;
}
