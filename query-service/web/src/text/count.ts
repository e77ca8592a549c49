const WHOLE = new Intl.NumberFormat('en-GB');
const SHORT = new Intl.NumberFormat('en-GB', {
  notation: 'compact',
  maximumFractionDigits: 1,
});

/** A number with its thousands apart: `12,345`. */
export function count(value: number): string {
  return WHOLE.format(value);
}

/** A number where room is short: `12.3k`. */
export function shortCount(value: number): string {
  return SHORT.format(value).toLowerCase();
}

/** A number with what is counted: `1 event`, `2 events`. */
export function counted(
  value: number,
  singular: string,
  plural = `${singular}s`,
): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}
