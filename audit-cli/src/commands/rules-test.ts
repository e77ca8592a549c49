import { Option } from 'commander';
import type { Command } from 'commander';
import type { Deps } from '../deps';
import { exitCode } from '../exit-code';
import { notAsked, wrongUsage } from '../failure';
import { optionKey } from '../filters/option-key';
import { wholeNumber } from '../filters/whole-number';
import { dropsWhatMatters, dryRun } from '../rules/dry-run';
import type { DryRunRequest } from '../rules/dry-run';
import { dryRunReport } from '../rules/dry-run-report';
import { readRuleFile } from '../rules/read-rule-file';
import { ACKNOWLEDGE_KEY, ruleOptions } from '../rules/rule';
import type { SettingOptions } from '../settings';
import { exactJson } from '../text/exact-json';

interface Options extends SettingOptions {
  [option: string]: unknown;
  days?: number | undefined;
  protect?: string[] | undefined;
  acknowledgeBroad?: true | undefined;
  json?: true | undefined;
}

const EXAMPLES = `
The exit code is 1 when the rules would have kept out an event of severity high
or critical, or of something that failed.

Examples:
  audit rules test rules.yaml --days 30
  audit rules test --actor 'plugin:*' --event task
  audit rules test --event task --protect high critical failed`;

/** `audit rules test`: what rules would have kept out. */
export function addRulesTestCommand(rules: Command, deps: Deps): void {
  const command = rules
    .command('test')
    .description(
      'Tells what rules would have kept out of the events of the last days. Nothing changes.',
    )
    .argument(
      '[file]',
      'YAML with excludeRules, and perhaps protectedEvents, as the receivers have it',
    );
  for (const [key, name] of Object.entries(ruleOptions))
    command.option(
      `--${name} <pattern>`,
      `${key} of one rule, in place of a file`,
    );
  command
    .option('--acknowledge-broad', 'a rule may match everything')
    .addOption(
      new Option(
        '--protect <words...>',
        'events that no rule may keep out',
      ).choices(['high', 'critical', 'failed']),
    )
    .option(
      '--days <count>',
      'days to look at (default: 7)',
      wholeNumber('--days'),
    )
    .option('--json', 'the whole answer as JSON, for programs')
    .addHelpText('after', EXAMPLES)
    .action(
      async (file: string | undefined, _options: Options, self: Command) =>
        rulesTest(file, self.optsWithGlobals<Options>(), deps),
    );
}

async function rulesTest(
  file: string | undefined,
  options: Options,
  deps: Deps,
): Promise<void> {
  const found = await dryRun(deps.api(options), requestOf(file, options));
  await deps.terminal.out(
    options.json ? `${exactJson(found)}\n` : dryRunReport(found, deps.terminal),
  );
  if (dropsWhatMatters(found)) deps.setExitCode(exitCode.notSo);
  else if (!found.complete)
    throw notAsked(
      `not all events could be looked at, only those since ${found.from}: ask for fewer days`,
    );
}

function requestOf(file: string | undefined, options: Options): DryRunRequest {
  const patterns = Object.entries(ruleOptions)
    .map(([key, name]) => [key, options[optionKey(name)]] as const)
    .filter(([, pattern]) => pattern !== undefined);
  if ((file === undefined) === (patterns.length === 0))
    throw wrongUsage(
      'give either a file with rules, or the patterns of one rule such as --actor and --event',
    );
  const { days, protect } = options;
  if (file === undefined) {
    const rule = {
      ...Object.fromEntries(patterns),
      ...(options.acknowledgeBroad && { [ACKNOWLEDGE_KEY]: true }),
    };
    return { rules: [rule], protectedEvents: protect, days };
  }
  const { rules, protectedEvents } = readRuleFile(file);
  return { rules, protectedEvents: protect ?? protectedEvents, days };
}
