import type { LedgerSums } from '../api/types';
import { count, counted } from '../text/count';

/** The accounts in a sentence. */
export function ledgerSentence(sums: LedgerSums): string {
  const { received, stored, duplicate, excluded, quarantined } = sums;
  return `${counted(received, 'record')} received in the last 30 days = ${count(stored)} stored + ${count(duplicate)} sent twice + ${count(excluded)} excluded by rules + ${count(quarantined)} quarantined.`;
}

/** How far the accounts of a day are off; 0 when they add up. */
export function missingOf(sums: LedgerSums): number {
  const { received, stored, duplicate, excluded, quarantined } = sums;
  return received - stored - duplicate - excluded - quarantined;
}
