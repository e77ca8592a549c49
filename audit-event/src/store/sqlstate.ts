/** The SQLSTATE of a database error, undefined for any other (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
    ? code
    : undefined;
}

/** A row with this key is there already. Citus says so of a COPY as an internal error. */
export function isDuplicate(error: unknown): boolean {
  const code = sqlState(error);
  return (
    code === '23505' ||
    (code === 'XX000' && /duplicate key/.test(String(error)))
  );
}

/** The data are at fault: class 22, data exception, and 54, limit exceeded. The same data will fail again. */
export function isBadData(error: unknown): boolean {
  return /^(22|54)/.test(sqlState(error) ?? '');
}

/**
 * The database is away or cannot do anything now, whatever it is asked: no SQLSTATE at all, or class 08 connection, 53
 * resources, 57 operator intervention, 58 system.
 */
export function isUnavailable(error: unknown): boolean {
  const code = sqlState(error);
  if (code !== undefined) return /^(08|53|57|58)/.test(code);
  return !(error instanceof RangeError || error instanceof TypeError);
}

/** No partition holds the row's time. */
export function isMissingPartition(error: unknown): boolean {
  return sqlState(error) === '23514';
}

/** The server has no room left on a disk. */
export function isDiskFull(error: unknown): boolean {
  return sqlState(error) === '53100';
}
