import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createSession, endSession, findSession } from 'audit-event/store';
import type { Queryable, SessionRow } from 'audit-event/store';
import { sha256 } from '../tokens/sha256';
import { isExpired } from '../tokens/token';
import type { Grant } from '../tokens/token';
import type { TokenList } from '../tokens/token-list';
import { personGrant } from './person-grant';

/** A session ends after this, whatever is done in it. */
const SESSION_HOURS = 12;
const ID_BYTES = 32;

/** People who signed in. */
export interface Sessions {
  /** What the session permits, as long as it is good. */
  find(cookie: string): Promise<Grant | undefined>;
  /** Begins a session. @returns the value of its cookie, of which only the hash is kept, and when it ends */
  begin(
    db: Queryable,
    session: SessionRow & { idToken?: string | undefined },
  ): Promise<{ cookie: string; expiresAt: Date }>;
  /** Ends a session. @returns the ID token that it was begun with, if it was */
  end(db: Queryable, cookie: string): Promise<string | undefined>;
}

/**
 * Sessions of the database. One that was begun with a token is worth what its token is: it ends when that expires, is rotated
 * or revoked. One of a person has the permissions that he signed in with.
 */
export function createSessions(db: Queryable, tokens: TokenList): Sessions {
  async function tokenOf(
    subject: string,
    sessionSha256: Uint8Array,
  ): Promise<Grant | undefined> {
    const token = (await tokens()).find(
      (one) =>
        one.subject === subject &&
        timingSafeEqual(one.secretSha256, sessionSha256),
    );
    return token && !isExpired(token) ? token : undefined;
  }

  return {
    async find(cookie) {
      const session = await findSession(db, sha256(cookie));
      if (!session) return undefined;
      const { subject } = session;
      return session.permissions
        ? personGrant(subject, session.permissions)
        : tokenOf(subject, session.secretSha256);
    },
    async begin(writer, session) {
      const cookie = randomBytes(ID_BYTES).toString('base64url');
      const { expiresAt } = await createSession(writer, {
        ...session,
        idSha256: sha256(cookie),
        hours: SESSION_HOURS,
      });
      return { cookie, expiresAt };
    },
    end: (writer, cookie) => endSession(writer, sha256(cookie)),
  };
}
