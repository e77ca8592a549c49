import { createHmac, randomBytes } from 'node:crypto';

/** What ties the provider's answer to the browser that asked. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  /** Of PKCE (https://www.rfc-editor.org/rfc/rfc7636). */
  codeVerifier: string;
}

const SECRET_BYTES = 32;
const SECRET = /^[\w-]{43}$/;

/** A new secret for the browser's cookie. */
export function newAttemptSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * What a sign-in is checked by, all derived from the one secret that the browser keeps meanwhile: nothing is stored here,
 * and any copy of the service can finish what another began.
 *
 * @returns undefined for what cannot be such a secret
 */
export function signInAttempt(
  secret: string | undefined,
): SignInAttempt | undefined {
  if (secret === undefined || !SECRET.test(secret)) return undefined;
  const derived = (use: string) =>
    createHmac('sha256', secret).update(use).digest('base64url');
  return {
    state: derived('state'),
    nonce: derived('nonce'),
    codeVerifier: derived('code verifier'),
  };
}
