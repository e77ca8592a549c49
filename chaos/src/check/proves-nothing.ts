/** How much was done in a run. */
export interface Effort {
  /** Events that were promised, or acknowledged, and then looked for. */
  promised: number;
  /** Faults that were done; undefined where none were asked for. */
  faults: number | undefined;
}

/**
 * Why a run without findings says nothing; undefined when it does say something.
 *
 * @example
 * provesNothing({ promised: 40_000, faults: 0 }); // 'the run proves nothing: no fault was done; let it last longer'
 */
export function provesNothing({
  promised,
  faults,
}: Effort): string | undefined {
  const missing = [
    ...(promised === 0 ? ['no event was promised'] : []),
    ...(faults === 0 ? ['no fault was done'] : []),
  ];
  if (missing.length === 0) return undefined;
  return `the run proves nothing: ${missing.join(', and ')}; let it last longer`;
}
