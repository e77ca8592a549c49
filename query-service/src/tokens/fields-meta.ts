import type { JsonObject } from 'audit-event';
import type { TokenFields } from 'audit-event/store';

/** What a token may do and until when, as events tell of it. */
export function fieldsMeta(fields: TokenFields): JsonObject {
  return {
    access_restrictions: fields.accessRestrictions as unknown as JsonObject[],
    expires_at: fields.expiresAt?.toISOString() ?? null,
  };
}
