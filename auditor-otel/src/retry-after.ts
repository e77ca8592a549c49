import { RETRY_AFTER_MAX_MS } from './limits';

/**
 * The wait that a `Retry-After` header asks for (RFC 9110 section 10.2.3: seconds or a date), in milliseconds, at most five
 * minutes. Undefined where there is none or it is neither.
 *
 * @example
 * retryAfterMs('2', Date.now()); // 2000
 */
export function retryAfterMs(
  header: string | undefined,
  nowMs: number,
): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - nowMs;
  if (Number.isNaN(wait)) return undefined;
  return Math.min(Math.max(wait, 0), RETRY_AFTER_MAX_MS);
}
