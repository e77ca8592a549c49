import { Option } from 'commander';
import type { Command } from 'commander';
import { pagesOf } from '../api/pages';
import type { Deps } from '../deps';
import { exitCode } from '../exit-code';
import { wrongUsage } from '../failure';
import { durationMs } from '../filters/moment';
import { PAGE_SIZE } from '../limits';
import type { SettingOptions } from '../settings';
import { mayLackRecords, streamColumns, streamStates } from '../stream';
import type { Stream } from '../stream';
import { exactJson } from '../text/exact-json';
import { createTable } from '../text/table';

interface Options extends SettingOptions {
  state?: string[] | undefined;
  service?: string | undefined;
  silentAfter?: string | undefined;
  json?: true | undefined;
}

const HELP = `
States: ${streamStates.join(', ')}.
The exit code is 1 when one that is listed is lost, incomplete or silent:
records may be missing that no emitter declared lost.

Examples:
  audit streams
  audit streams --state lost --state incomplete --service backstage`;

/** `audit streams`: whether all came that was sent. */
export function addStreamsCommand(program: Command, deps: Deps): void {
  program
    .command('streams')
    .summary(
      'did all arrive: each start of an emitting process, and what is missing',
    )
    .description(
      'Says whether all came that was sent: a stream is one start of an emitting process, which numbers its records without a gap.',
    )
    .addOption(
      new Option('--state <state...>', 'only these').choices(streamStates),
    )
    .option('--service <name>', 'only those of one service.name')
    .option(
      '--silent-after <duration>',
      'after which a stream that has not ended counts as silent (default: 15m)',
    )
    .option('--json', 'one JSON text per line, for programs')
    .addHelpText('after', HELP)
    .action(async (_options: Options, command: Command) =>
      streams(command.optsWithGlobals<Options>(), deps),
    );
}

async function streams(options: Options, deps: Deps): Promise<void> {
  const { terminal } = deps;
  const table = createTable(streamColumns, terminal);
  const counts = new Map<string, number>();
  const pages = pagesOf<Stream>(
    deps.api(options),
    '/streams',
    queryOf(options),
    () => PAGE_SIZE,
  );
  for await (const { data } of pages) {
    for (const { state } of data)
      counts.set(state, (counts.get(state) ?? 0) + 1);
    if (data.some(mayLackRecords)) deps.setExitCode(exitCode.notSo);
    if (data.length === 0) continue;
    await terminal.out(
      options.json
        ? data.map((stream) => `${exactJson(stream)}\n`).join('')
        : table(data),
    );
  }
  const summary = [...counts].map(([state, count]) => `${count} ${state}`);
  terminal.note(summary.length === 0 ? 'no streams found' : summary.join(', '));
}

function queryOf({ state, service, silentAfter }: Options): URLSearchParams {
  const query = new URLSearchParams();
  if (state !== undefined) query.set('state', state.join(','));
  if (service !== undefined) query.set('service_name', service);
  if (silentAfter !== undefined) {
    const ms = durationMs(silentAfter);
    if (ms === undefined)
      throw wrongUsage(
        `--silent-after must be a duration such as 15m or 1h, got ${JSON.stringify(silentAfter)}`,
      );
    query.set('silent_after', String(ms / 1_000));
  }
  return query;
}
