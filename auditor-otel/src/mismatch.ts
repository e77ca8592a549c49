import { inspect } from 'node:util';

/** How a test runner's `expect.any(...)` and the like show themselves, in jest and vitest. */
interface Asymmetric {
  asymmetricMatch(actual: unknown): boolean;
}

/**
 * Where an event is not as expected, in words; undefined when it is. Of objects only what is expected is compared, lists must have
 * the same length.
 *
 * @param show how a value is written
 * @example
 * mismatch({ meta: { a: 1 } }, { meta: { a: 2, b: 3 } }); // 'meta.a is 2'
 */
export function mismatch(
  expected: unknown,
  actual: unknown,
  show: (value: unknown) => string = inspect,
  path = '',
): string | undefined {
  const differs = () => `${path || 'it'} is ${show(actual)}`;
  if (isAsymmetric(expected))
    return expected.asymmetricMatch(actual) ? undefined : differs();
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) return differs();
  } else if (!isPlain(expected) || !isPlain(actual))
    return Object.is(expected, actual) ? undefined : differs();
  for (const key of Object.keys(expected)) {
    const at = path === '' ? key : `${path}.${key}`;
    const inside = mismatch(
      member(expected, key),
      member(actual, key),
      show,
      at,
    );
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function member(value: object, key: string): unknown {
  return Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function isAsymmetric(value: unknown): value is Asymmetric {
  return (
    typeof (value as Partial<Asymmetric> | null | undefined)
      ?.asymmetricMatch === 'function'
  );
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
