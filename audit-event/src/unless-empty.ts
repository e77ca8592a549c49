/**
 * The object itself, or undefined when none of its fields has a value.
 *
 * @example
 * unlessEmpty({ method: undefined }); // undefined
 */
export function unlessEmpty<T extends object>(fields: T): T | undefined {
  return Object.values(fields).some((value) => value !== undefined)
    ? fields
    : undefined;
}
