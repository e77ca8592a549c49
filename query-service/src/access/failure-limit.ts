import { isIPv6 } from 'node:net';
import { HttpError } from '../http-error';

/** So many failures in a row an address has for free, then one again each `EVERY_MS`: 30 a minute. */
export const FREE_FAILURES = 30;
const EVERY_MS = 2_000;
/** Addresses remembered; of more, those that failed longest ago are forgotten. */
const MAX_ADDRESSES = 10_000;

/** Counts failed authentications by address, so that secrets cannot be guessed by trying. */
export interface FailureLimit {
  /** Seconds for which nobody is let in from an address, 0 when anybody may try. */
  waitS(address: string | undefined): number;
  failed(address: string | undefined): void;
  /** Takes one failure back: what was counted before it was known how it ends has succeeded. */
  forgive(address: string | undefined): void;
}

/**
 * Makes a limit. An address that has used up its failures is refused also with the right secret: else a guesser would
 * learn of it all the same.
 *
 * @param now milliseconds; tests have a clock of their own
 */
export function createFailureLimit(
  now: () => number = () => performance.now(),
): FailureLimit {
  /** When the failures of an address are all forgotten, the one that failed last at the end. */
  const clearAt = new Map<string, number>();
  return {
    waitS(address) {
      const ahead = (clearAt.get(networkOf(address)) ?? 0) - now();
      const over = ahead - (FREE_FAILURES - 1) * EVERY_MS;
      return Math.max(0, Math.ceil(over / 1_000));
    },
    failed(address) {
      const key = networkOf(address);
      const from = Math.max(now(), clearAt.get(key) ?? 0);
      clearAt.delete(key);
      clearAt.set(key, from + EVERY_MS);
      if (clearAt.size > MAX_ADDRESSES)
        clearAt.delete(clearAt.keys().next().value!);
    },
    forgive(address) {
      const key = networkOf(address);
      const at = clearAt.get(key);
      if (at !== undefined) clearAt.set(key, at - EVERY_MS);
    },
  };
}

/** @throws HttpError `TooManyRequestsError` while too many wrong secrets came from the address */
export function refuseGuesser(
  address: string | undefined,
  failures: FailureLimit,
): void {
  const retryAfterS = failures.waitS(address);
  if (retryAfterS > 0)
    throw new HttpError(
      'TooManyRequestsError',
      `Too many failed attempts to authenticate from this address, try again in ${retryAfterS} seconds`,
      { retryAfterS },
    );
}

/** The network that an address counts for: who has one IPv6 address has the 64 bits behind its network. */
export function networkOf(address = 'unknown'): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) {
    const after = tail.split(':').filter(Boolean);
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
