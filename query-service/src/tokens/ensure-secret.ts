import { findToken, findTokens, replaceTokenSecret } from 'audit-event/store';
import { ownEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { createRecorder } from '../audit/recorder';
import { newSecret } from './new-secret';
import { sha256 } from './sha256';
import { tokenRef } from './token-ref';

export interface EnsureSecretOptions {
  /** Makes a new secret also in place of one that is there, which is refused from then on. */
  renew: boolean;
  /** Who does it, as the log and the token tell of it, such as `npm start`. */
  by: string;
}

/** A secret is known only when it was made just now. */
export type EnsuredSecret =
  | { status: 'there' }
  | { status: 'made'; secret: string }
  | { status: 'not-found' };

/**
 * Makes a secret for a token that waits for one, and tells of it in the log.
 *
 * @returns `not-found` when there is no token of that subject
 * @throws when the database cannot be reached or refuses; nothing is changed then
 * @example
 * await ensureSecret(databaseUrl, 'audit-log-api-access', { renew: false, by: 'npm start' });
 */
export async function ensureSecret(
  databaseUrl: string,
  subject: string,
  { renew, by }: EnsureSecretOptions,
): Promise<EnsuredSecret> {
  const recorder = createRecorder(databaseUrl);
  try {
    return await recorder.change<EnsuredSecret>(async (db) => {
      const known = (await findTokens(db)).find(
        (token) => token.subject === subject,
      );
      const before =
        known && (await findToken(db, known.id, { isLocked: true }));
      if (!before) return { result: { status: 'not-found' }, events: [] };
      const replaced = before.has_secret;
      if (replaced && !renew)
        return { result: { status: 'there' }, events: [] };
      const secret = newSecret();
      await replaceTokenSecret(db, before.id, sha256(secret), by);
      const event = ownEvent(
        { actor: { type: 'service', id: by }, request: {} },
        {
          eventId: ownEventId.tokenSecretSet,
          severityLevel: 'high',
          actionType: 'update',
          entityRef: tokenRef(subject),
          meta: { replaced },
        },
      );
      return { result: { status: 'made', secret }, events: [event] };
    });
  } finally {
    await recorder.close();
  }
}
