/**
 * Why nobody was reached, in words. fetch hides that in the cause of its error, and Node in a list where a name has several addresses.
 *
 * @example
 * reasonOf(error); // connect ECONNREFUSED ::1:7420
 */
export function reasonOf(error: unknown): string {
  const { message, cause, errors } = error as Error & { errors?: unknown[] };
  const inner = cause ?? errors?.[0];
  return (inner instanceof Error && reasonOf(inner)) || message;
}
