/**
 * A value as JSON text that is the same for the same content: keys in order, absent and undefined alike, big integers
 * as text.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member === 'bigint') return `${member}n`;
    if (typeof member !== 'object' || member === null) return member;
    if (Array.isArray(member)) return member;
    return Object.fromEntries(
      Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}
