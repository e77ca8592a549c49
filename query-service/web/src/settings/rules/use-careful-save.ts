import { useState } from 'react';
import type { PlacedRule, Rules } from '../../api/rules';
import { newRules } from './same-rule';
import type { TrialDays } from './trial-card';
import type { RulesDraft } from './use-rules-draft';
import { useTrial } from './use-trial';

/**
 * Saves rules, but not before the new ones of them were tried on what is stored, and what the dry run warns of was
 * acknowledged.
 */
export function useCarefulSave(
  draft: RulesDraft,
  rules: readonly PlacedRule[] | undefined,
  listed: Rules | undefined,
) {
  const [days, setDays] = useState<TrialDays>('7');
  const [acknowledged, setAcknowledged] = useState<string>();
  const attempt = useTrial();
  const { text } = draft;
  const wanted = rules?.map(({ rule }) => rule) ?? [];
  const there = (listed?.data ?? [])
    .filter(({ source }) => source === 'database')
    .map(({ rule }) => rule);
  const fresh = newRules(wanted, there);
  const isOfThis =
    attempt.data?.text === text && String(attempt.data.days) === days;
  const trial = isOfThis ? attempt.data : undefined;
  const isWarned = fresh.length > 0 && (trial?.run.warnings.length ?? 0) > 0;
  const isAcknowledged = acknowledged === text;

  const runTrial = () =>
    attempt.mutateAsync({
      text,
      rules: wanted,
      fresh,
      days: Number(days),
      protectedEvents: listed?.rule_set?.protected_events ?? [],
    });

  async function save(): Promise<void> {
    if (fresh.length > 0 && !isAcknowledged) {
      const { run } = trial ?? (await runTrial());
      if (run.warnings.length > 0) return;
    }
    draft.save();
  }

  return {
    trial,
    days,
    setDays,
    isTrying: attempt.isPending,
    trialError: attempt.error,
    isWarned,
    isAcknowledged,
    acknowledge: (is: boolean) => setAcknowledged(is ? text : undefined),
    tryNow:
      wanted.length > 0 ? () => void runTrial().catch(() => {}) : undefined,
    /** What goes wrong is shown where it belongs: at the dry run, or above the rules. */
    save: () => void save().catch(() => {}),
  };
}
