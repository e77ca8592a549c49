/** What a callback gives, or undefined where it throws: what is read from elsewhere must not break what is audited. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
