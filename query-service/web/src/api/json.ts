/** Whole numbers keep all their digits, as `bigint` where `number` would round them. */
export type Json =
  null | boolean | number | bigint | string | Json[] | { [key: string]: Json };

type Reviver = (
  key: string,
  value: unknown,
  context?: { source?: string },
) => unknown;

const WHOLE = /^-?\d+$/;

/** Reads JSON without losing digits. Browsers that do not tell the source of a number round it, as they always did. */
export function parseJson(text: string): unknown {
  const revive: Reviver = (_key, value, context) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    WHOLE.test(context?.source ?? '')
      ? BigInt(context!.source!)
      : value;
  return JSON.parse(text, revive) as unknown;
}

/** JSON in lines, indented by two spaces, with all digits that `parseJson` kept. */
export function printJson(value: unknown, indent = ''): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null)
    return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  const [open, close, items] = Array.isArray(value)
    ? ['[', ']', value.map((one) => printJson(one, inner))]
    : [
        '{',
        '}',
        Object.entries(value).map(
          ([key, one]) => `${JSON.stringify(key)}: ${printJson(one, inner)}`,
        ),
      ];
  if (items.length === 0) return open + close;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
}
