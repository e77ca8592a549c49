import type { IsSecret } from './secret-names';

/** What stands in place of a secret. */
export const REDACTED = 'REDACTED';

/**
 * A query string without its secrets. All else is kept byte for byte (semantic conventions, `url.query`).
 *
 * @param query without `?`
 * @example
 * redactQuery('limit=5&access_token=abc', secretNames()); // 'limit=5&access_token=REDACTED'
 */
export function redactQuery(query: string, isSecret: IsSecret): string {
  if (!query.includes('=')) return query;
  return query
    .split(/([&;])/)
    .map((part) => redactPair(part, isSecret))
    .join('');
}

function redactPair(pair: string, isSecret: IsSecret): string {
  const equals = pair.indexOf('=');
  if (equals === -1 || equals === pair.length - 1) return pair;
  const name = pair.slice(0, equals);
  return namesIn(name).some(isSecret) ? `${name}=${REDACTED}` : pair;
}

/** The whole name, and where it is a path such as `auth[token]` or `user.password` also its last part. */
function namesIn(encoded: string): string[] {
  const name = decoded(encoded).trim();
  if (!/[[\].]/.test(name)) return [name];
  const last = name
    .split(/[[\].]/)
    .filter((part) => part !== '')
    .at(-1);
  return last === undefined || last === name ? [name] : [name, last];
}

function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
