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
    else steps.push(...stepsOf(step.value).reverse());
  }
  return written.join('');
}

function stepsOf(value: object): Step[] {
  const isList = Array.isArray(value);
  const steps: Step[] = [isList ? '[' : '{'];
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (steps.length > 1) steps.push(',');
    if (!isList) steps.push(`${JSON.stringify(key)}:`);
    steps.push({ value: item });
  }
  steps.push(isList ? ']' : '}');
  return steps;
}
