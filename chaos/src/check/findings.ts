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
export interface Findings<Kind extends string = FindingKind> {
  counts: Record<Kind, number>;
  examples: string[];
}

const EXAMPLES_PER_KIND = 3;

/** Nothing was found yet, of any of the kinds. */
export function noFindings<Kind extends string>(
  kinds: readonly Kind[],
): Findings<Kind> {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  return { counts: counts as Record<Kind, number>, examples: [] };
}

/** Adds a finding, or as many as `count` says; none when it is 0 or less. */
export function report<Kind extends string>(
  findings: Findings<Kind>,
  kind: Kind,
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
export function isClean({ counts }: Findings<string>): boolean {
  return Object.values(counts).every((count) => count === 0);
}
