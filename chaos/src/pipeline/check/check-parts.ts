import { report } from '../../check/findings';
import { faultKinds } from '../faults/fault-kinds';
import type { FaultKind, FaultName, PartKind } from '../faults/fault-kinds';
import type { DoneFault } from '../faults/run-faults';
import { isEnd } from '../parts/mishap';
import type { Mishap } from '../parts/mishap';
import { settings } from '../settings';
import type { PipelineFindings } from './pipeline-findings';

/** A part, and what it should not have done. */
export interface PartRecord {
  kind: PartKind;
  name: string;
  mishaps: readonly Mishap[];
}

/**
 * Reports what no fault can have caused: a part that ended by itself, or did not end or start in time.
 *
 * @param beganMs when the faults began, by `performance.now()`
 */
export function checkParts(
  parts: readonly PartRecord[],
  faults: readonly DoneFault[],
  beganMs: number,
  findings: PipelineFindings,
): void {
  for (const { kind, name, mishaps } of parts)
    for (const mishap of mishaps) {
      const atMs = mishap.atMs - beganMs;
      const isCaused = faults.some(
        (fault) => mayEnd(fault.kind, kind, mishap) && covers(fault, atMs),
      );
      if (isCaused) continue;
      const at = `${(atMs / 1_000).toFixed(1)} s`;
      report(findings, 'unwell', `${name} ${mishap.what}, at ${at}`);
    }
}

function mayEnd(fault: FaultName, part: PartKind, mishap: Mishap): boolean {
  const kinds: Record<FaultName, FaultKind> = faultKinds;
  if (!isEnd(mishap) || !kinds[fault].ends?.includes(part)) return false;
  // One that needs the database in order to start does without it once it runs.
  return part !== 'receiver' || mishap.kind === 'starting';
}

function covers({ struckMs, overMs }: DoneFault, atMs: number): boolean {
  return struckMs <= atMs && atMs <= overMs + settings.aftermathMs;
}
