import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createSession, endSession, findSession } from 'audit-event/store';
import type { Queryable } from 'audit-event/store';
import { sha256 } from '../tokens/sha256';
import { isExpired } from '../tokens/token';
import type { Token } from '../tokens/token';
import type { TokenList } from '../tokens/token-list';

/** A session ends after this, whatever is done in it. */
const SESSION_HOURS = 12;
const ID_BYTES = 32;

/** People who signed in. */
export interface Sessions {
  /** The token that the session was begun with, as long as both are good. */
  find(cookie: string): Promise<Token | undefined>;
  /** Begins a session. @returns the value of its cookie, of which only the hash is kept, and when it ends */
  begin(
    db: Queryable,
    token: Token,
  ): Promise<{ cookie: string; expiresAt: Date }>;
  end(db: Queryable, cookie: string): Promise<void>;
}

/** Sessions of the database. One is worth what its token is: it ends when that expires, is rotated or revoked. */
export function createSessions(db: Queryable, tokens: TokenList): Sessions {
  return {
    async find(cookie) {
      const session = await findSession(db, sha256(cookie));
      if (!session) return undefined;
      const token = (await tokens()).find(
        ({ subject, secretSha256 }) =>
          subject === session.subject &&
          timingSafeEqual(secretSha256, session.secretSha256),
      );
      return token && !isExpired(token) ? token : undefined;
    },
    async begin(writer, { subject, secretSha256 }) {
      const cookie = randomBytes(ID_BYTES).toString('base64url');
      const { expiresAt } = await createSession(writer, {
        idSha256: sha256(cookie),
        subject,
        secretSha256,
        hours: SESSION_HOURS,
      });
      return { cookie, expiresAt };
    },
    end: (writer, cookie) => endSession(writer, sha256(cookie)),
  };
}
