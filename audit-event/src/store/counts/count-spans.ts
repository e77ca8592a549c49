/**
 * Stretches of time that have counts of their own, in hours, the longest first. They begin at multiples of themselves since
 * 1970 in UTC, and each is made of whole ones of the next.
 */
export const COUNT_SPANS = [24, 6, 1] as const;
