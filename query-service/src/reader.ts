import type { Request } from 'express';
import { readPermission } from './audit-log-plugin';
import { authenticate } from './authenticate';
import { authorize } from './authorize';
import type { Database } from './database';
import type { Token } from './tokens/token';
import type { TokenList } from './tokens/token-list';

/** What a route that reads needs. */
export interface ReaderDeps {
  database: Pick<Database, 'inSnapshot'>;
  tokens: TokenList;
  noteUse: (token: Token) => void;
}

/**
 * Lets a request pass whose token may read.
 *
 * @throws HttpError `AuthenticationError` or `NotAllowedError`
 */
export async function requireReader(
  req: Request,
  { tokens, noteUse }: Pick<ReaderDeps, 'tokens' | 'noteUse'>,
): Promise<void> {
  const token = await authenticate(req.headers.authorization, tokens);
  noteUse(token);
  authorize(token, readPermission);
}
