import { wrongUsage } from '../failure';

/**
 * Reads the value of an option that counts something.
 *
 * @throws Failure wrong usage
 * @example
 * command.option('--limit <count>', 'how many', wholeNumber('--limit'));
 */
export function wholeNumber(option: string): (text: string) => number {
  return function readWholeNumber(text) {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
    if (value >= 1) return value;
    throw wrongUsage(
      `${option} must be a whole number from 1, got ${JSON.stringify(text)}`,
    );
  };
}
