import { newAttemptSecret, signInAttempt } from './sign-in-attempt';

it('derives the same from the same secret, and nothing that tells of the rest', () => {
  const secret = newAttemptSecret();
  const attempt = signInAttempt(secret)!;
  expect(signInAttempt(secret)).toEqual(attempt);
  const { state, nonce, codeVerifier } = attempt;
  const texts = [secret, state, nonce, codeVerifier];
  expect(new Set(texts).size).toBe(4);
  // As PKCE wants it: 43 to 128 unreserved characters.
  for (const text of texts) expect(text).toMatch(/^[\w-]{43}$/);
  expect(signInAttempt(newAttemptSecret())).not.toEqual(attempt);
});

it.each([undefined, '', 'short', 'x'.repeat(44), `${'x'.repeat(42)}=`])(
  'takes %j for none',
  (secret) => {
    expect(signInAttempt(secret)).toBeUndefined();
  },
);
