import { timingSafeEqual } from 'node:crypto';
import { sha256 } from './sha256';
import type { Token } from './token';

/**
 * The token that a secret belongs to, the first of them when several have it.
 *
 * Takes the same time whichever matches, or none: hashes of both sides are compared in constant time, and all of them.
 *
 * @example
 * findToken(tokens, 'the secret')?.subject; // 'audit-log-api-access'
 */
export function findToken(
  tokens: readonly Token[],
  secret: string,
): Token | undefined {
  const given = sha256(secret);
  const matches = tokens.map((token) =>
    timingSafeEqual(token.secretSha256, given),
  );
  return tokens[matches.indexOf(true)];
}
