/**
 * What can be wrong with the database: `lost` was acknowledged and is nowhere; `dup` is there twice; `phantom` is there
 * and was never sent, or should have been kept out; `corrupt` says something else than what was sent; `miscounted` is a
 * batch whose accounting is not what is in the tables, or a gap in the numbering of batches.
 */
export const findingKinds = [
  'lost',
  'dup',
  'phantom',
  'corrupt',
  'miscounted',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** How many of each kind were found, and some of them in words. */
export interface Findings {
  counts: Record<FindingKind, number>;
  examples: string[];
}

const EXAMPLES_PER_KIND = 3;

export function noFindings(): Findings {
  const counts = { lost: 0, dup: 0, phantom: 0, corrupt: 0, miscounted: 0 };
  return { counts, examples: [] };
}

/** Adds a finding, or as many as `count` says; none when it is 0 or less. */
export function report(
  findings: Findings,
  kind: FindingKind,
  what: string,
  count = 1,
): void {
  if (count <= 0) return;
  const known = findings.examples.filter((one) => one.startsWith(`${kind}: `));
  if (known.length < EXAMPLES_PER_KIND)
    findings.examples.push(`${kind}: ${what}`);
  findings.counts[kind] += count;
}

/** Whether nothing at all is wrong. */
export function isClean({ counts }: Findings): boolean {
  return findingKinds.every((kind) => counts[kind] === 0);
}
