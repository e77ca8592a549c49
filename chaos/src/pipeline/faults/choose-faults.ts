import { settings } from '../settings';
import { faultKinds, possibleFaults } from './fault-kinds';
import type { FaultKind, FaultName, Need } from './fault-kinds';
import type { FaultPlan } from './plan-faults';

const WORDS: Record<Need, string> = {
  collector: 'a Collector',
  volumes: 'volumes of limited size, which only root can mount, on Linux',
};

/**
 * Which faults are drawn: those that are asked for, and more of them, else all for which everything is there.
 *
 * @throws when one that is asked for cannot be done, with what is missing
 */
export function chooseFaults(
  there: readonly Need[],
  asked: readonly FaultName[] | undefined,
): Pick<FaultPlan, 'kinds' | 'pauseMs'> {
  const possible = possibleFaults(there);
  if (!asked) return { kinds: possible };
  const impossible = asked.find((name) => !possible.includes(name));
  if (impossible === undefined)
    return { kinds: asked, pauseMs: settings.densePauseMs };
  const { needs = [] }: FaultKind = faultKinds[impossible];
  const missing = needs.filter((need) => !there.includes(need));
  throw new Error(
    `cannot do ${impossible}, which was asked for: that needs ${missing.map((need) => WORDS[need]).join(', and ')}`,
  );
}
