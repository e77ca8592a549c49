/** A step of writing: text that is ready, or a value still to write. */
type Step = string | { value: unknown };

/**
 * A parsed JSON value as text, however deep: JSON.stringify recurses and overflows at some thousand levels, which
 * JSON.parse takes without complaint.
 *
 * @example
 * stringify({ a: [1] }); // '{"a":[1]}'
 */
export function stringify(value: unknown): string {
  const written: string[] = [];
  const steps: Step[] = [{ value }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (typeof step === 'string') written.push(step);
    else if (typeof step.value !== 'object' || step.value === null)
      written.push(JSON.stringify(step.value));
    else pushSteps(steps, step.value);
  }
  return written.join('');
}

/** Pushes the steps of a list or an object, the last first, for they are popped. */
function pushSteps(steps: Step[], value: object): void {
  const isList = Array.isArray(value);
  const members = Object.entries(value).filter(
    ([, member]) => member !== undefined,
  );
  steps.push(isList ? ']' : '}');
  for (let i = members.length - 1; i >= 0; i--) {
    const [key, member] = members[i]!;
    steps.push({ value: member });
    if (!isList) steps.push(`${JSON.stringify(key)}:`);
    if (i > 0) steps.push(',');
  }
  steps.push(isList ? '[' : '{');
}
