import type { TokenRow } from 'audit-event/store';
import { isBuiltIn, restrictionsBySetting } from './settings-tokens';
import type { SettingSecrets } from './settings-tokens';

/**
 * - `waiting`: has no secret yet, or no more.
 * - `expired`: its time is over.
 * - `active`: admits who shows its secret.
 */
export type TokenState = 'waiting' | 'expired' | 'active';

/** A token as the API shows it: where a setting gives the secret, with what it may do by that, not what the database says. */
export function tokenBody(token: TokenRow, secrets: SettingSecrets): object {
  const isOfSetting = secrets.has(token.subject);
  const { has_secret, ...shown } = token;
  return {
    ...shown,
    ...(isOfSetting && {
      access_restrictions: restrictionsBySetting(token.subject),
      expires_at: null,
    }),
    state: isOfSetting ? 'active' : stateOf(token),
    secret_from: isOfSetting ? 'setting' : has_secret ? 'database' : null,
    built_in: isBuiltIn(token.subject),
  };
}

function stateOf({ has_secret, expires_at }: TokenRow): TokenState {
  if (!has_secret) return 'waiting';
  const isOver = expires_at !== null && Date.parse(expires_at) <= Date.now();
  return isOver ? 'expired' : 'active';
}
