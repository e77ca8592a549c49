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

/** No partition holds the row's time. */
export function isMissingPartition(error: unknown): boolean {
  return sqlState(error) === '23514';
}
