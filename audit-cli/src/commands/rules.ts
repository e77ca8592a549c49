import type { Command } from 'commander';
import type { Deps } from '../deps';
import { addRulesApplyCommand } from './rules-apply';
import { addRulesListCommand } from './rules-list';
import { addRulesTestCommand } from './rules-test';

/** `audit rules`: the exclusion rules. */
export function addRulesCommand(program: Command, deps: Deps): void {
  const rules = program
    .command('rules')
    .summary('see, try and change the exclusion rules')
    .description(
      'Exclusion rules keep noise out of the log. To see and try them takes a token with audit.settings.read, to change them audit.settings.write.',
    );
  addRulesListCommand(rules, deps);
  addRulesTestCommand(rules, deps);
  addRulesApplyCommand(rules, deps);
}
