import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { checkRules } from '../../api/rules';
import type { RulesCheck } from '../../api/rules';
import { usePaused } from '../../components/use-paused';

/** Milliseconds without a key pressed, after which a text is checked. */
const PAUSE_MS = 250;

export interface Checked {
  /** Of the latest text that was checked, which may be one before. */
  check: RulesCheck | undefined;
  /** Whether it is of the text as it is now. */
  isCurrent: boolean;
  error: Error | null;
}

/** What the API says of a text while it is written. */
export function useCheck(text: string): Checked {
  const paused = usePaused(text, PAUSE_MS);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['rules-check', paused],
    queryFn: ({ signal }) => checkRules(paused, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const isCurrent = paused === text && data !== undefined && !isPlaceholderData;
  return { check: data, isCurrent, error };
}
