import { Option } from 'commander';
import type { Command } from 'commander';
import { filterFields } from './fields';

const NOTE = `
Filters are joined by AND. A filter given several times needs one of the values.
As --not-<filter>, such as --not-actor, it needs none of them. A text with * at
its end means all that begin so.`;

/**
 * Gives a command the options that say which events.
 *
 * @example
 * addFilterOptions(program.command('query'));
 */
export function addFilterOptions(command: Command): Command {
  for (const { name, value, help } of filterFields) {
    command.addOption(repeatable(`--${name} <${value}>`, help));
    command.addOption(
      repeatable(
        `--not-${name} <${value}>`,
        `none of them: ${help}`,
      ).hideHelp(),
    );
  }
  return command
    .addOption(
      repeatable(
        '--meta <path=value>',
        "what is at a place in meta: owner.team=shop; 'owner.team!=shop' for what is not so",
      ),
    )
    .addOption(
      repeatable(
        '--where <field=value>',
        "any other filter of the API: 'host_name=node-*', has=error_type, 'outcome_reason!=denied'",
      ),
    )
    .option(
      '-q, --text <words>',
      'words, or phrases in quotes, that occur in actor, plugin, event, entity, error or meta',
    )
    .addHelpText('after', NOTE);
}

function repeatable(flags: string, help: string): Option {
  return new Option(flags, help).argParser(
    (value: string, before: string[] | undefined) => [...(before ?? []), value],
  );
}
