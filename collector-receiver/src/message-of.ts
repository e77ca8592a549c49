/**
 * What an error says. Whatever was thrown, and in whatever realm: `instanceof Error` is false for errors of native
 * code in jest.
 *
 * @example
 * messageOf(new Error('no')); // 'no'
 */
export function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : String(error);
}
