import type { Command } from 'commander';
import type { Api } from '../api/api';
import { Refusal } from '../api/refusal';
import type { Deps } from '../deps';
import { exitCode } from '../exit-code';
import { notAsked, wrongUsage } from '../failure';
import { compareRules } from '../rules/compare-rules';
import type { RuleDifference } from '../rules/compare-rules';
import { dryRun } from '../rules/dry-run';
import { dryRunReport } from '../rules/dry-run-report';
import { listRules } from '../rules/list-rules';
import { readRuleFile } from '../rules/read-rule-file';
import { ruleText } from '../rules/rule';
import type { SettingOptions } from '../settings';
import type { Terminal } from '../terminal';
import { visibleText } from '../text/visible-text';

interface Options extends SettingOptions {
  yes?: true | undefined;
}

const HELP = `
Rules that say the same as one that is there stay, with their history. Nobody's
change in between is overwritten: then nothing changes, and the exit code is 3.
When the answer to the question is not yes, it is 1.

Example:
  audit rules list --yaml > rules.yaml
  audit rules apply rules.yaml`;

/** `audit rules apply`: brings the rules of a file into force. */
export function addRulesApplyCommand(rules: Command, deps: Deps): void {
  rules
    .command('apply')
    .description(
      'Brings the rules of a file into force in place of those in the database. Shows what changes and what the new rules would have kept out in the last week, and asks.',
    )
    .argument('<file>', 'YAML with excludeRules')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', HELP)
    .action(async (file: string, _options: Options, command: Command) =>
      rulesApply(file, command.optsWithGlobals<Options>(), deps),
    );
}

async function rulesApply(
  path: string,
  options: Options,
  deps: Deps,
): Promise<void> {
  const { terminal } = deps;
  const file = readRuleFile(path);
  const api = deps.api(options);
  const { rules, etag } = await listRules(api);
  const there = rules.filter(({ source }) => source === 'database');
  const difference = compareRules(
    there.map(({ rule }) => rule),
    file.rules,
  );
  await terminal.out(differenceText(difference, terminal));
  const { added, removed } = difference;
  if (added.length > 0)
    await terminal.out(
      `\n${dryRunReport(await dryRun(api, { rules: added }), terminal)}\n`,
    );
  if (added.length + removed.length === 0) return;

  if (!options.yes) {
    const answer = await deps.confirm('Bring this into force?');
    if (answer === undefined)
      throw wrongUsage('there is nobody to ask: say --yes to change the rules');
    if (!answer) {
      terminal.note('nothing was changed');
      deps.setExitCode(exitCode.notSo);
      return;
    }
  }
  await replace(api, file.text, etag);
  terminal.note(
    `${added.length} rules added, ${removed.length} removed; in force in every receiver within two seconds`,
  );
}

async function replace(api: Api, body: string, etag: string): Promise<void> {
  try {
    await api.ask('/rules', {
      method: 'PUT',
      headers: { 'content-type': 'application/yaml', 'if-match': etag },
      body,
    });
  } catch (error) {
    if (error instanceof Refusal && error.status === 412)
      throw notAsked(
        'somebody changed the rules meanwhile, and nothing was done: look at what there is now, and apply again',
        error,
      );
    throw error;
  }
}

function differenceText(
  { added, removed, kept }: RuleDifference,
  { paint }: Terminal,
): string {
  const lines = [
    ...removed.map((rule) => paint('red', `- ${visibleText(ruleText(rule))}`)),
    ...added.map((rule) => paint('green', `+ ${visibleText(ruleText(rule))}`)),
    `${added.length} rules to add, ${removed.length} to remove, ${kept.length} stay as they are.`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
