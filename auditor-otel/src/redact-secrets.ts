import { REDACTED } from './redact-query';
import { secretNames } from './secret-names';

const isSecret = secretNames();

// Each repetition is bounded or excludes what follows it, so that no text can make a pattern backtrack for long.
const USER_INFO = /:\/\/[^\s/?#]{1,512}@/g;
const AUTHORIZATION = /\b(Bearer|Basic)\s{1,8}[\w.~+/=-]{4,}/gi;
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g;
const NAME_AND_VALUE =
  /(^|[^\w-])([\w-]{1,64})(["']?\s{0,4}[=:]\s{0,4})("[^"]{1,4096}"|'[^']{1,4096}'|[^\s"'&,;)}\]]{1,4096})/g;

/** Names that are secret in a URL, and everyday words of error messages elsewhere: `code: 42P01`, `key: id`. */
const SECRET_IN_URL_ONLY = new Set(['code', 'key', 'session', 'auth']);

/**
 * A text such as an error message without the secrets that can be told by their form: credentials in a URL, bearer and
 * basic tokens, JSON web tokens, and values named like a secret.
 *
 * @example
 * redactSecrets('connect postgres://audit:pw@db/x?password=pw'); // 'connect postgres://REDACTED@db/x?password=REDACTED'
 */
export function redactSecrets(text: string): string {
  return text
    .replace(USER_INFO, `://${REDACTED}@`)
    .replace(AUTHORIZATION, `$1 ${REDACTED}`)
    .replace(JSON_WEB_TOKEN, REDACTED)
    .replace(NAME_AND_VALUE, redactValue);
}

function redactValue(
  whole: string,
  before: string,
  name: string,
  between: string,
  value: string,
): string {
  const everydayWord =
    SECRET_IN_URL_ONLY.has(name.toLowerCase()) && !/[?&]/.test(before);
  if (everydayWord || !isSecret(name)) return whole;
  if (/^(Bearer|Basic)$/i.test(value)) return whole;
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return `${before}${name}${between}${quote}${REDACTED}${quote}`;
}
