import { PLUGIN_ID } from '../audit-log-plugin';
import type { Grant } from '../tokens/token';

/** What a person may do who has permissions of his own. */
export function personGrant(
  subject: string,
  permissions: readonly string[],
): Grant {
  return {
    subject,
    accessRestrictions: [{ plugin: PLUGIN_ID, permission: [...permissions] }],
  };
}
