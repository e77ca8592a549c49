import type { Command } from 'commander';
import type { Api } from '../api/api';
import { pagesOf } from '../api/pages';
import type { Page } from '../api/pages';
import { readJson } from '../api/read-json';
import type { Deps } from '../deps';
import type { ListedEvent } from '../event';
import { addFilterOptions } from '../filters/add-filter-options';
import { filterQuery } from '../filters/filter-query';
import type { FilterOptions } from '../filters/filter-query';
import { timeQuery } from '../filters/time-query';
import type { TimeOptions } from '../filters/time-query';
import { wholeNumber } from '../filters/whole-number';
import { DEFAULT_LIMIT, PAGE_SIZE } from '../limits';
import type { SettingOptions } from '../settings';
import { eventWriter } from '../text/event-writer';

interface Options extends FilterOptions, TimeOptions, SettingOptions {
  limit?: number | undefined;
  all?: true | undefined;
  oldest?: true | undefined;
  json?: true | undefined;
}

/** How many events there are, or at least. */
interface Total {
  value: number;
  is_exact: boolean;
}

interface EventPage extends Page<ListedEvent> {
  /** Up to where a search came that was stopped. */
  searched_to: string | null;
}

const EXAMPLES = `
Examples:
  audit query --status failed --since 2h
  audit query --actor 'user:default/*' --severity high --severity critical
  audit query --plugin catalog --not-event entity-fetch --meta owner.team=shop
  audit query -q '"not allowed" shop' --all --json | jq -r .actor_id`;

/** `audit query`: events, the newest first. */
export function addQueryCommand(program: Command, deps: Deps): void {
  addFilterOptions(
    program
      .command('query')
      .summary('find events, the newest first')
      .description(
        'Finds events, the newest first, of the last 30 days when nothing else is said.',
      ),
  )
    .option(
      '--since <time>',
      'from: 2h, 7d, 2026-01-15, 2026-01-15T10:30:00Z (default: 30d)',
    )
    .option('--until <time>', 'to, in the same forms (default: now)')
    .option(
      '--limit <count>',
      `how many (default: ${DEFAULT_LIMIT})`,
      wholeNumber('--limit'),
    )
    .option('--all', 'all there are, however many')
    .option('--oldest', 'the oldest first')
    .option('--json', 'one JSON text per line, for programs')
    .addHelpText('after', EXAMPLES)
    .action(async (_options: Options, command: Command) =>
      query(command.optsWithGlobals<Options>(), deps),
    );
}

async function query(options: Options, deps: Deps): Promise<void> {
  const { terminal } = deps;
  const wanted = options.all ? Infinity : (options.limit ?? DEFAULT_LIMIT);
  const asked = filterQuery(options);
  timeQuery(asked, options, deps.now());
  if (options.oldest) asked.set('order', 'oldest');
  const write = eventWriter(terminal, { isJson: options.json === true });

  let shown = 0;
  const api = deps.api(options);
  const pages = pagesOf<ListedEvent, EventPage>(api, '/events', asked, () =>
    Math.min(wanted - shown, PAGE_SIZE),
  );
  for await (const page of pages) {
    terminal.progress('');
    shown += page.data.length;
    await write(page.data);
    if (shown >= wanted) {
      // A cap says so where it bites.
      if (page.next_cursor !== null)
        terminal.note(moreThan(shown, await totalOf(api, asked)));
      return;
    }
    if (page.searched_to !== null)
      terminal.progress(`${shown} found, searched to ${page.searched_to}`);
  }
  terminal.progress('');
  if (shown === 0)
    terminal.note(
      'no events found: ask for a longer time, or with fewer filters',
    );
}

/** @returns nothing when the service does not say: what was asked for has been written, and is whole */
async function totalOf(
  api: Api,
  asked: URLSearchParams,
): Promise<Total | undefined> {
  const filters = new URLSearchParams(asked);
  filters.delete('order');
  try {
    return await readJson<Total>(await api.ask('/total', { query: filters }));
  } catch {
    return undefined;
  }
}

function moreThan(shown: number, total: Total | undefined): string {
  const of =
    total === undefined || total.value <= shown
      ? 'there are more'
      : `there are ${total.is_exact ? '' : 'at least '}${total.value}`;
  return `${shown} events shown, ${of}; --limit shows more, --all all of them`;
}
