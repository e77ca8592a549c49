/** Between two columns. */
export const GAP = '  ';
/** Narrower than this a column says nothing. */
const MIN_WIDTH = 6;

/**
 * How wide each column gets: as wide as it wants where there is room, else the widest give way first, those that must be whole
 * (times, words) last of all. A terminal narrower than that wraps its lines.
 *
 * @param wanted columns of the widest cell
 * @param isWhole columns that must not be cut
 * @param width of the terminal; infinite where there is none
 * @example
 * columnWidths([24, 30, 60], [true, false, false], 80); // [24, 26, 26]
 */
export function columnWidths(
  wanted: readonly number[],
  isWhole: readonly boolean[],
  width: number,
): number[] {
  const widths = [...wanted];
  const gaps = GAP.length * (widths.length - 1);
  let over = widths.reduce((sum, one) => sum + one, gaps) - width;
  while (over > 0) {
    const widest = widestOf(widths, isWhole);
    if (widest === undefined) break;
    widths[widest]! -= 1;
    over -= 1;
  }
  return widths;
}

/** The widest that may still give way; of equals the last. */
function widestOf(
  widths: readonly number[],
  isWhole: readonly boolean[],
): number | undefined {
  let found: number | undefined;
  for (const [i, width] of widths.entries()) {
    if (isWhole[i] || width <= MIN_WIDTH) continue;
    if (found === undefined || width >= widths[found]!) found = i;
  }
  return found;
}
