/** Tells a listener of the application something. Its error is its own: the record goes its way. */
export function tell<T>(
  listener: ((value: T) => void) | undefined,
  value: T,
): void {
  try {
    listener?.(value);
  } catch {
    // See above.
  }
}
