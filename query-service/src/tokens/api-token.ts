import { PLUGIN_ID, readPermission } from '../audit-log-plugin';
import { sha256 } from './sha256';
import type { Token } from './token';

/** The entry that exists from the start and waits for its secret (Portal's name). */
export const API_TOKEN_SUBJECT = 'audit-log-api-access';

/**
 * Puts the secret of the setting AUDIT_API_TOKEN in the place of the one that the database has for
 * `audit-log-api-access`, which is refused from then on.
 *
 * @param id of the entry in the database, if it is there
 */
export function withApiToken(
  tokens: readonly Token[],
  secret: string,
  id: string | undefined,
): Token[] {
  const apiToken: Token = {
    id,
    subject: API_TOKEN_SUBJECT,
    secretSha256: sha256(secret),
    accessRestrictions: [
      { plugin: PLUGIN_ID, permission: [readPermission.name] },
    ],
    expiresAt: null,
  };
  const others = tokens.filter(({ subject }) => subject !== API_TOKEN_SUBJECT);
  return [apiToken, ...others];
}
