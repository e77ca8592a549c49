import type { Request } from 'express';
import { readPermission } from './audit-log-plugin';
import type { Permission } from './audit-log-plugin';
import { authenticate } from './authenticate';
import { authorize } from './authorize';
import type { Database } from './database';
import type { Token } from './tokens/token';
import type { TokenList } from './tokens/token-list';

/** What a route that reads needs. */
export interface ReaderDeps {
  database: Pick<Database, 'inSnapshot' | 'inScan'>;
  tokens: TokenList;
  noteUse: (token: Token) => void;
  /** Signs cursors. */
  cursorKey: () => Promise<Uint8Array>;
  /** Says that the service stops: what would go on for ever ends. */
  stopping: AbortSignal;
}

/**
 * Lets a request pass whose token may read, or has the permission given.
 *
 * @returns the token
 * @throws HttpError `AuthenticationError` or `NotAllowedError`
 */
export async function requireReader(
  req: Request,
  { tokens, noteUse }: Pick<ReaderDeps, 'tokens' | 'noteUse'>,
  permission: Permission = readPermission,
): Promise<Token> {
  const token = await authenticate(req.headers.authorization, tokens);
  noteUse(token);
  authorize(token, permission);
  return token;
}
