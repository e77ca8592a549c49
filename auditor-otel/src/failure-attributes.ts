import { DENIED } from 'audit-event';
import type { JsonObject } from 'audit-event';
import { isDenied } from './is-denied';
import { ownAttribute } from './own-attributes';

/**
 * The OTLP attributes of a failed record: those of its operation, and `audit.outcome.reason` where it was denied.
 *
 * @param denied what the caller said; undefined to go by the error
 */
export function failureAttributes(
  attributes: JsonObject | undefined,
  error: unknown,
  denied: boolean | undefined,
): JsonObject | undefined {
  if (!(denied ?? isDenied(error))) return attributes;
  return { ...attributes, [ownAttribute.outcomeReason]: DENIED };
}
