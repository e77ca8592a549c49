import type { Request } from 'express';
import { authenticate } from '../authenticate';
import type { Token } from '../tokens/token';
import type { TokenList } from '../tokens/token-list';
import { refuseGuesser } from './failure-limit';
import type { FailureLimit } from './failure-limit';

/**
 * The token of a secret that somebody shows. A secret that no token has counts as a failure of his address. Call it when
 * nothing else is waited for: the body of the request has been read.
 *
 * @param secret undefined when none came
 * @throws HttpError `AuthenticationError` or `TooManyRequestsError`
 */
export async function tokenOfSecret(
  req: Pick<Request, 'ip'>,
  secret: string | undefined,
  { tokens, failures }: { tokens: TokenList; failures: FailureLimit },
): Promise<Token> {
  const known = secret === undefined ? [] : await tokens();
  // No wait from here on: else of many requests at once all would pass before the first has failed.
  refuseGuesser(req.ip, failures);
  return authenticate(secret, known, () => failures.failed(req.ip));
}
