import { SECRET_KEYS_REMEMBERED } from './limits';
import { plainName, secretNames } from './secret-names';
import type { IsSecret } from './secret-names';

/** Names that are secret in a URL, and everyday words of meta: the key of an issue, the code of a country. */
const EVERYDAY = new Set([
  'assertion',
  'auth',
  'code',
  'key',
  'session',
  'sid',
  'sig',
  'signature',
]);

/** Tokens that only say where the next page begins. */
const PAGE_TOKEN = /(page|next|continue|continuation|sync)token$/;

/** Never in a query string. */
const HEADERS = new Set(['cookie', 'setcookie']);

/**
 * Tells the keys of meta that mean a secret: `password`, `accessToken`, `client_secret`, `Authorization`. Narrower than
 * `secretNames`, because what is redacted here is gone for good.
 *
 * @example
 * secretKeys()('apiToken'); // true
 * secretKeys()('nextPageToken'); // false
 */
export function secretKeys(): IsSecret {
  const isSecretName = secretNames();
  const known = new Map<string, boolean>();
  return (key) => {
    let isSecret = known.get(key);
    if (isSecret === undefined) {
      const plain = plainName(key);
      isSecret =
        HEADERS.has(plain) ||
        (isSecretName(key) && !EVERYDAY.has(plain) && !PAGE_TOKEN.test(plain));
      if (known.size >= SECRET_KEYS_REMEMBERED) known.clear();
      known.set(key, isSecret);
    }
    return isSecret;
  };
}
