import { useMutation } from '@tanstack/react-query';
import { tryRules } from '../../api/rules';
import type { DryRun, WrittenRule } from '../../api/rules';

/** A dry run with what was tried. */
export interface Trial {
  run: DryRun;
  /** The text that it was made of. */
  text: string;
  days: number;
  /** How many rules were tried, and whether these are only the ones that are new. */
  tried: number;
  onlyNew: boolean;
}

interface Wanted {
  text: string;
  rules: readonly WrittenRule[];
  fresh: readonly WrittenRule[];
  days: number;
  protectedEvents: readonly string[];
}

/** Tries rules on what is stored: those that are new, or all where none is. */
export function useTrial() {
  return useMutation({
    async mutationFn(wanted: Wanted): Promise<Trial> {
      const { text, rules, fresh, days, protectedEvents } = wanted;
      const onlyNew = fresh.length > 0;
      const tried = onlyNew ? fresh : rules;
      const run = await tryRules(tried, days, protectedEvents);
      return { run, text, days, tried: tried.length, onlyNew };
    },
  });
}
