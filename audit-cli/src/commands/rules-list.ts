import type { Command } from 'commander';
import type { Deps } from '../deps';
import { listRules } from '../rules/list-rules';
import type { ListedRule } from '../rules/list-rules';
import { ruleText } from '../rules/rule';
import type { SettingOptions } from '../settings';
import { exactJson } from '../text/exact-json';
import { createTable } from '../text/table';
import type { Column } from '../text/table';
import { visibleText } from '../text/visible-text';

interface Options extends SettingOptions {
  json?: true | undefined;
  yaml?: true | undefined;
}

const columns: readonly Column<ListedRule>[] = [
  { title: 'RULE', cell: ({ rule }) => ruleText(rule) },
  { title: 'FROM', cell: ({ source }) => source, isWhole: true },
  {
    title: 'IN FORCE',
    cell: ({ in_force, problem }) =>
      problem === undefined ? (in_force ? 'yes' : 'not yet') : `no: ${problem}`,
    style: ({ problem }) => (problem === undefined ? undefined : 'red'),
  },
  {
    title: 'KEPT OUT (30d)',
    cell: ({ excluded }) => String(excluded.total),
    isWhole: true,
  },
  { title: 'CHANGED BY', cell: ({ changed_by }) => changed_by ?? '-' },
  { title: 'WHY', cell: ({ comment }) => comment ?? '-' },
];

/** `audit rules list`: the rules, and what each kept out. */
export function addRulesListCommand(rules: Command, deps: Deps): void {
  rules
    .command('list')
    .description(
      'Lists the rules, and how many events each kept out in the last 30 days.',
    )
    .option('--json', 'one JSON text per line, for programs')
    .option(
      '--yaml',
      'the rules of the database as YAML, for audit rules apply',
    )
    .action(async (_options: Options, command: Command) =>
      rulesList(command.optsWithGlobals<Options>(), deps),
    );
}

async function rulesList(options: Options, deps: Deps): Promise<void> {
  const { terminal } = deps;
  const api = deps.api(options);
  if (options.yaml) {
    const headers = { accept: 'application/yaml' };
    const yaml = await (await api.ask('/rules', { headers })).text();
    const shown = yaml.split('\n').map(visibleText).join('\n');
    await terminal.out(terminal.isTerminal ? shown : yaml);
    return;
  }
  const { rules } = await listRules(api);
  if (options.json)
    await terminal.out(rules.map((rule) => `${exactJson(rule)}\n`).join(''));
  else await terminal.out(createTable(columns, terminal)(rules));
}
