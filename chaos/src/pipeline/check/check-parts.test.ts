import { noFindings } from '../../check/findings';
import type { FaultName, PartKind } from '../faults/fault-kinds';
import type { DoneFault } from '../faults/run-faults';
import type { Mishap } from '../parts/mishap';
import { settings } from '../settings';
import { checkParts } from './check-parts';
import { pipelineFindingKinds } from './pipeline-findings';

const BEGAN_MS = 1_000;
/** Of each fault, since the run began. */
const [STRUCK_MS, OVER_MS] = [5_000, 6_000];
const LAST_MS = OVER_MS + settings.aftermathMs;

const done = (kind: FaultName): DoneFault => ({
  ...{ kind, target: 0, lastsMs: 1_000, strength: 0.5, recoveredMs: 0 },
  ...{ atMs: STRUCK_MS, struckMs: STRUCK_MS, overMs: OVER_MS },
});

function check(
  part: PartKind,
  kind: Mishap['kind'],
  atMs: number,
  fault: FaultName,
) {
  const findings = noFindings(pipelineFindingKinds);
  const mishaps = [{ kind, atMs: BEGAN_MS + atMs, what: 'ended, with 1' }];
  const record = { kind: part, name: 'receiver-0', mishaps };
  checkParts([record], [done('latency'), done(fault)], BEGAN_MS, findings);
  return findings;
}

describe('checkParts', () => {
  it.each([
    ['receiver', 'starting', STRUCK_MS, 'kill-postgres'],
    ['receiver', 'starting', LAST_MS, 'restart-postgres-fast'],
    ['receiver', 'starting', OVER_MS, 'clock-jump'],
    ['postgres', 'running', OVER_MS, 'disk-full-database'],
    ['collector', 'running', OVER_MS, 'disk-full-queue'],
  ] as const)(
    'lets %s end, %s, after %d ms, by %s',
    (part, kind, atMs, fault) => {
      expect(check(part, kind, atMs, fault).counts.unwell).toBe(0);
    },
  );

  it.each([
    ['receiver', 'starting', STRUCK_MS - 1, 'kill-postgres'],
    ['receiver', 'starting', LAST_MS + 1, 'kill-postgres'],
    ['receiver', 'running', OVER_MS, 'kill-postgres'],
    ['receiver', 'late', OVER_MS, 'kill-postgres'],
    ['receiver', 'starting', OVER_MS, 'kill-receiver'],
    ['collector', 'running', OVER_MS, 'kill-collector'],
    ['collector', 'running', OVER_MS, 'disk-full-database'],
    ['postgres', 'running', OVER_MS, 'kill-postgres'],
  ] as const)(
    'reports %s, %s, after %d ms, with %s',
    (part, kind, atMs, fault) => {
      expect(check(part, kind, atMs, fault).counts.unwell).toBe(1);
    },
  );

  it('says what which part did, and when', () => {
    const { examples } = check('receiver', 'running', 4_260, 'latency');
    expect(examples).toEqual(['unwell: receiver-0 ended, with 1, at 4.3 s']);
  });
});
