/**
 * Names of errors that mean a refusal: those of Backstage (`@backstage/errors`), of http-errors and of express-jwt.
 */
const DENIED_NAMES = new Set([
  'AuthenticationError',
  'ForbiddenError',
  'NotAllowedError',
  'UnauthorizedError',
]);

/** 401 Unauthorized and 403 Forbidden (RFC 9110, section 15.5). */
const DENIED_STATUSES = new Set<unknown>([401, 403]);

/**
 * Whether what was thrown means that somebody was not let in or not allowed to, by its `name`, `statusCode` or `status`.
 * Never throws.
 *
 * @example
 * isDenied(Object.assign(new Error('no'), { statusCode: 403 })); // true
 */
export function isDenied(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  try {
    const { name, statusCode, status } = error as Record<string, unknown>;
    return (
      (typeof name === 'string' && DENIED_NAMES.has(name)) ||
      DENIED_STATUSES.has(statusCode) ||
      DENIED_STATUSES.has(status)
    );
  } catch {
    return false;
  }
}
