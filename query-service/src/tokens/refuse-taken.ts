import { isSecretTaken } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { HttpError } from '../http-error';
import type { SettingSecrets } from './settings-tokens';
import { sha256 } from './sha256';

/**
 * Refuses a secret that another token has, in the database or by a setting.
 *
 * @param exceptId of the token that is to have it
 * @throws HttpError `ConflictError`
 */
export async function refuseTaken(
  db: Queryable,
  secret: string,
  exceptId: string,
  secrets: SettingSecrets,
): Promise<void> {
  const isOfSetting = [...secrets.values()].includes(secret);
  if (isOfSetting || (await isSecretTaken(db, sha256(secret), exceptId)))
    throw new HttpError(
      'ConflictError',
      'Another token has this secret, take a new one',
    );
}
