import type { AccessRestriction, TokenEntry } from 'audit-event/store';
import { PLUGIN_ID, readPermission } from '../audit-log-plugin';
import type { Config } from '../config';
import { sha256 } from './sha256';
import type { Token } from './token';

/** The entry that exists from the start and waits for its secret (Portal's name). */
export const API_TOKEN_SUBJECT = 'audit-log-api-access';

/** The entry of who may do everything here: see, export, change settings. */
export const ADMIN_TOKEN_SUBJECT = 'audit-log-admin-access';

/** The entries that exist from the start, and what their secrets permit when a setting gives them. */
const RESTRICTIONS: Record<string, readonly AccessRestriction[]> = {
  [API_TOKEN_SUBJECT]: [
    { plugin: PLUGIN_ID, permission: [readPermission.name] },
  ],
  [ADMIN_TOKEN_SUBJECT]: [{ plugin: PLUGIN_ID }],
};

/** Whether an entry exists from the start: it can lose its secret, but stays. */
export function isBuiltIn(subject: string): boolean {
  return Object.hasOwn(RESTRICTIONS, subject);
}

/** What a token may do when a setting gives its secret. */
export function restrictionsBySetting(
  subject: string,
): readonly AccessRestriction[] {
  return RESTRICTIONS[subject] ?? [];
}

/** Subjects whose secret a setting gives, which can then be changed there alone. */
export type SettingSecrets = ReadonlyMap<string, string>;

export function secretsOfSettings(
  config: Pick<Config, 'apiToken' | 'adminToken'>,
): SettingSecrets {
  const given = [
    [API_TOKEN_SUBJECT, config.apiToken],
    [ADMIN_TOKEN_SUBJECT, config.adminToken],
  ] as const;
  return new Map(
    given.flatMap(([subject, secret]) => (secret ? [[subject, secret]] : [])),
  );
}

/**
 * Puts the secrets of the settings AUDIT_API_TOKEN and AUDIT_ADMIN_TOKEN in the place of those that the database has for
 * the same entries, which are refused from then on.
 *
 * @param entries of the database, whose ids the uses are noted under
 */
export function withSettingSecrets(
  tokens: readonly Token[],
  secrets: SettingSecrets,
  entries: readonly Pick<TokenEntry, 'id' | 'subject'>[],
): Token[] {
  const ofSettings = [...secrets].map(([subject, secret]): Token => ({
    id: entries.find((entry) => entry.subject === subject)?.id,
    subject,
    secretSha256: sha256(secret),
    accessRestrictions: restrictionsBySetting(subject),
    expiresAt: null,
  }));
  const others = tokens.filter(({ subject }) => !secrets.has(subject));
  return [...ofSettings, ...others];
}
