import { Option } from 'commander';
import type { Command } from 'commander';
import type { Api } from '../api/api';
import type { Deps } from '../deps';
import { checkExport } from '../export/check-export';
import type { Format } from '../export/check-export';
import { openExport } from '../export/open-export';
import { progressOf } from '../export/progress';
import { writeWhole } from '../export/write-whole';
import { wrongUsage } from '../failure';
import { addFilterOptions } from '../filters/add-filter-options';
import { filterQuery } from '../filters/filter-query';
import type { FilterOptions } from '../filters/filter-query';
import { timeQuery } from '../filters/time-query';
import type { TimeOptions } from '../filters/time-query';
import type { SettingOptions } from '../settings';

interface Options extends FilterOptions, TimeOptions, SettingOptions {
  format: Format;
  output?: string | undefined;
  raw?: true | undefined;
}

const EXAMPLES = `
The token needs the permission audit.log.export.

Examples:
  audit export --since 2026-01-01 --until 2026-02-01 -o january.ndjson
  audit export --status failed --format csv -o failed.csv
  audit export --plugin catalog | gzip > catalog.ndjson.gz`;

/** `audit export`: all events found, checked to be whole. */
export function addExportCommand(program: Command, deps: Deps): void {
  addFilterOptions(
    program
      .command('export')
      .summary('take events away as NDJSON or CSV, checked to be whole')
      .description(
        'Takes all events found away, the oldest first, of the last 30 days when nothing else is said. How many there are, and their SHA-256, is checked against what the service says; an answer that broke off is an error, and leaves no file.',
      ),
  )
    .addOption(
      new Option('--format <format>', 'of the output')
        .choices(['ndjson', 'csv'])
        .default('ndjson'),
    )
    .option('-o, --output <file>', 'where to (default: standard output)')
    .option(
      '--since <time>',
      'from: 2h, 7d, 2026-01-15, 2026-01-15T10:30:00Z (default: 30d)',
    )
    .option('--until <time>', 'to, in the same forms (default: now)')
    .option(
      '--raw',
      'CSV without the quote mark before what a spreadsheet would take for a formula',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (_options: Options, command: Command) =>
      exportEvents(command.optsWithGlobals<Options>(), deps),
    );
}

async function exportEvents(options: Options, deps: Deps): Promise<void> {
  const { format, output, raw } = options;
  const { terminal } = deps;
  if (output === undefined && terminal.isTerminal)
    throw wrongUsage(
      'an export is not written to a terminal, which would obey what is in events: name a file with -o, or send it into a pipe',
    );
  const query = filterQuery(options);
  timeQuery(query, options, deps.now());
  query.set('format', format);
  if (raw) query.set('raw', 'true');

  const fill = (write: (bytes: Uint8Array) => Promise<void>) =>
    copyTo(write, { api: deps.api(options), query, format, deps });
  if (output === undefined) {
    await fill((bytes) => terminal.out(bytes));
    return;
  }
  const rows = await writeWhole(output, fill);
  terminal.note(
    `${rows} events in ${output}, count and SHA-256 are as the service says`,
  );
}

interface Copied {
  api: Api;
  query: URLSearchParams;
  format: Format;
  deps: Deps;
}

async function copyTo(
  write: (bytes: Uint8Array) => Promise<void>,
  { api, query, format, deps }: Copied,
): Promise<number> {
  const pieces = checkExport(await openExport(api, query), {
    format,
    onProgress: progressOf(deps),
  });
  try {
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) return value;
      await write(value);
    }
  } finally {
    deps.terminal.progress('');
    await pieces.return(0);
  }
}
