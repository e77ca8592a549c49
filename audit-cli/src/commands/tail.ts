import type { Command } from 'commander';
import type { Deps } from '../deps';
import { addFilterOptions } from '../filters/add-filter-options';
import { filterQuery } from '../filters/filter-query';
import type { FilterOptions } from '../filters/filter-query';
import { momentOf } from '../filters/moment';
import { wholeNumber } from '../filters/whole-number';
import type { SettingOptions } from '../settings';
import { follow } from '../tail/follow';
import { eventWriter } from '../text/event-writer';

interface Options extends FilterOptions, SettingOptions {
  since?: string | undefined;
  limit?: number | undefined;
  json?: true | undefined;
}

const EXAMPLES = `
Examples:
  audit tail --severity high --severity critical
  audit tail --since 10m --not-plugin audit-log
  audit tail --status failed --json | while read -r event; do ...; done`;

/** `audit tail`: events as they are committed, until Ctrl-C. */
export function addTailCommand(program: Command, deps: Deps): void {
  addFilterOptions(
    program
      .command('tail')
      .summary('show events as they are committed')
      .description(
        'Shows events as they are committed, until Ctrl-C. It follows the order of commits, so an event that was held up on its way comes late, but comes. After a cut it goes on where it was: nothing is missed or shown twice.',
      ),
  )
    .option(
      '--since <time>',
      'begin with what was recorded from then on: 10m, 2026-01-15T10:30:00Z (default: now)',
    )
    .option(
      '--limit <count>',
      'end after so many events',
      wholeNumber('--limit'),
    )
    .option('--json', 'one JSON text per line, for programs')
    .addHelpText('after', EXAMPLES)
    .action(async (_options: Options, command: Command) =>
      tail(command.optsWithGlobals<Options>(), deps),
    );
}

async function tail(options: Options, deps: Deps): Promise<void> {
  const { terminal } = deps;
  const write = eventWriter(terminal, { isJson: options.json === true });
  let left = options.limit ?? Infinity;
  const events = follow(deps.api(options), {
    filters: filterQuery(options),
    since:
      options.since === undefined
        ? undefined
        : momentOf('--since', options.since, deps.now()),
    onCut: (reason) =>
      terminal.note(`${reason}; connecting again, nothing is missed`),
  });
  for await (const some of events) {
    await write(some.slice(0, left));
    left -= some.length;
    if (left <= 0) return;
  }
}
