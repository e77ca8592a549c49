const MAX_NAMES = 10;
const MAX_NAME_LENGTH = 64;

/**
 * The `Warning` header for parameters that were ignored. The names are a stranger's: percent-encoded, cut and counted,
 * so that they can neither end the header nor fill it.
 *
 * @example
 * unknownParameters(['acto_id']); // '299 otel-audit "ignored unknown parameters: acto_id"'
 */
export function unknownParameters(names: readonly string[]): string {
  const shown = names
    .slice(0, MAX_NAMES)
    .map((name) =>
      encodeURIComponent(name.slice(0, MAX_NAME_LENGTH).toWellFormed()),
    );
  const more = names.length - shown.length;
  if (more > 0) shown.push(`and ${more} more`);
  return `299 otel-audit "ignored unknown parameters: ${shown.join(', ')}"`;
}
