/** Half of a label of the time axis, in pixels. */
const HALF_LABEL_PX = 30;

/**
 * What stands below the ticks of a time axis: nothing below one so near its end that half of the label would be cut off.
 *
 * @param ticks in seconds since 1970
 * @param axis its first and last time, in the same, and its length in pixels
 */
export function axisLabels(
  ticks: readonly number[],
  axis: { first: number; last: number; lengthPx: number },
  print: (second: number) => string,
): string[] {
  const { first, last, lengthPx } = axis;
  return ticks.map((second) => {
    const leftPx = ((last - second) / (last - first)) * lengthPx;
    return leftPx < HALF_LABEL_PX ? '' : print(second);
  });
}
