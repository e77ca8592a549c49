/**
 * Names of secrets as they occur in query strings and error messages, in lower case and without `-` and `_`. Also secret is
 * every name that ends in one of `SECRET_ENDINGS`, and those that signed URLs of AWS and Google use.
 */
const SECRET_NAMES = new Set([
  'apikey',
  'accesskey',
  'assertion',
  'auth',
  'authorization',
  'clientassertion',
  'code',
  'codeverifier',
  'credential',
  'credentials',
  'jwt',
  'key',
  'otp',
  'passphrase',
  'passwd',
  'password',
  'privatekey',
  'pwd',
  'samlresponse',
  'secret',
  'session',
  'sessionid',
  'sid',
  'sig',
  'signature',
  'token',
]);

const SECRET_ENDINGS = ['token', 'secret', 'password', 'apikey'];
const SECRET_STARTS = ['xamz', 'xgoog'];

/** Whether a name means a secret. */
export type IsSecret = (name: string) => boolean;

/**
 * Whether a name means a secret: `access_token`, `clientSecret`, `X-Amz-Signature`.
 *
 * @param extra names that are secret here, compared without case, `-` and `_`
 * @example
 * secretNames(['pin'])('PIN'); // true
 */
export function secretNames(extra: Iterable<string> = []): IsSecret {
  const names = new Set([...SECRET_NAMES, ...[...extra].map(plainName)]);
  return (name) => {
    const plain = plainName(name);
    return (
      names.has(plain) ||
      SECRET_ENDINGS.some((ending) => plain.endsWith(ending)) ||
      SECRET_STARTS.some((start) => plain.startsWith(start))
    );
  };
}

/** A name in lower case, without `-` and `_`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}
