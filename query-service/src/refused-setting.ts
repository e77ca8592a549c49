/** The error for a bad setting: its name, what was expected and what came. */
export function refused(name: string, expected: string, actual: string): Error {
  return new Error(`cannot start: ${name} must be ${expected}, got ${actual}`);
}

/** A value of the YAML file in a word. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : 'a text';
}
