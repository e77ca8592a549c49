import { compileGlob } from 'audit-event/exclude';
import type { IdentifiedRule, Rule } from 'audit-event/exclude';

/** What a dry run found. */
export interface Found {
  complete: boolean;
  /** The earliest time looked at. */
  from: string;
  /** Events of severity high or critical that would have been kept out. */
  grave: number;
  failed: number;
}

/** What somebody should know before he brings rules into force: a sentence each. */
export function warningsOf(
  rules: readonly IdentifiedRule[],
  { complete, from, grave, failed }: Found,
): string[] {
  const warnings: string[] = [];
  if (grave > 0)
    warnings.push(
      `${grave} of the events have the severity high or critical; protectedEvents in the receivers' file can keep such events from every rule`,
    );
  if (failed > 0)
    warnings.push(
      `${failed} of the events tell of something that failed; protectedEvents in the receivers' file can keep such events from every rule`,
    );
  for (const { rule } of rules)
    if (keepsBeginnings(rule))
      warnings.push(
        `The rule ${JSON.stringify(rule)} keeps the beginning of an operation and drops its outcome, because a rule looks at one record at a time: the operation will look as if it had never finished`,
      );
  if (!complete)
    warnings.push(
      `There are too many events to look at all of them: the counts are of those since ${from}; ask for fewer days`,
    );
  return warnings;
}

/** Whether a rule can match an outcome but never what begins it. */
function keepsBeginnings({ status }: Rule): boolean {
  if (status === undefined) return false;
  const meets = compileGlob(status);
  return !meets('initiated') && (meets('succeeded') || meets('failed'));
}
