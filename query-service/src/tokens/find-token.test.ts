import fc from 'fast-check';
import { findToken } from './find-token';
import { sha256 } from './sha256';
import type { Token } from './token';

const token = (subject: string, secret: string): Token => ({
  subject,
  secretSha256: sha256(secret),
  accessRestrictions: null,
  expiresAt: null,
});

it('knows SHA-256 (FIPS 180-2, appendix B.1)', () => {
  expect(Buffer.from(sha256('abc')).toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

it('finds the token of a secret, and no other', () => {
  const tokens = [token('a', 'secret-a'), token('b', 'secret-b')];
  expect(findToken(tokens, 'secret-a')?.subject).toBe('a');
  expect(findToken(tokens, 'secret-b')?.subject).toBe('b');
  expect(findToken(tokens, 'secret-')).toBeUndefined();
  expect(findToken(tokens, 'secret-bb')).toBeUndefined();
  expect(findToken([], 'secret-a')).toBeUndefined();
});

it('takes the first of two with the same secret, as Backstage does', () => {
  const tokens = [token('a', 'the same'), token('b', 'the same')];
  expect(findToken(tokens, 'the same')?.subject).toBe('a');
});

it('agrees with plain comparison', () => {
  const secret = fc.string({ maxLength: 3 });
  fc.assert(
    fc.property(fc.array(secret), secret, (secrets, given) => {
      const tokens = secrets.map((one, index) => token(String(index), one));
      const index = secrets.indexOf(given);
      expect(findToken(tokens, given)?.subject).toBe(
        index < 0 ? undefined : String(index),
      );
    }),
  );
});
