/** A hundred years, as the API has it. */
const MAX_DAYS = 36_500;

export type Days =
  { status: 'valid'; days: number } | { status: 'invalid'; reason: string };

/** How many days somebody typed. */
export function daysOf(text: string): Days {
  const days = Number(text);
  if (/^\d+$/.test(text.trim()) && days >= 1 && days <= MAX_DAYS)
    return { status: 'valid', days };
  return {
    status: 'invalid',
    reason: `Expected a whole number of days from 1 to ${MAX_DAYS}`,
  };
}
