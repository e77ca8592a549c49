/**
 * The value of an option that is a whole number from 0 on.
 *
 * @throws with what was expected and what came
 */
export function wholeNumber(name: string, value: string, max: number): number {
  if (/^\d{1,15}$/.test(value) && Number(value) <= max) return Number(value);
  throw new Error(
    `expected --${name} to be a whole number from 0 to ${max}, got "${value}"`,
  );
}
