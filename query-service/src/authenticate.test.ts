import { authenticate, bearerOf } from './authenticate';
import { sha256 } from './tokens/sha256';
import type { Token } from './tokens/token';

const token = (secret: string, expiresAt: Date | null = null): Token => ({
  subject: secret,
  secretSha256: sha256(secret),
  accessRestrictions: null,
  expiresAt,
});

const tokens = [
  token('a+b/c=12'),
  token('past-its-time', new Date(Date.now() - 1)),
  token('still-good', new Date(Date.now() + 3_600_000)),
];

describe('headers that authenticate', () => {
  it.each([
    ['Bearer a+b/c=12', 'a+b/c=12'],
    ['bearer a+b/c=12', 'a+b/c=12'],
    ['BEARER    a+b/c=12', 'a+b/c=12'],
    ['Bearer still-good', 'still-good'],
  ])('%s', (header, subject) => {
    expect(authenticate(bearerOf(header), tokens).subject).toBe(subject);
  });
});

describe('headers that do not', () => {
  it.each([
    [undefined, 'Missing credentials'],
    ['', 'Missing credentials'],
    ['Bearer', 'Missing credentials'],
    ['Bearer ', 'Missing credentials'],
    ['Basic YTpi', 'Missing credentials'],
    ['a+b/c=12', 'Missing credentials'],
    ['Bearera+b/c=12', 'Missing credentials'],
    ['Bearer\ta+b/c=12', 'Missing credentials'],
    ['Bearer a+b/c=12 more', 'Missing credentials'],
    ['Bearer correct horse', 'Missing credentials'],
    ['Bearer unknown-token', 'Illegal token'],
    ['Bearer A+B/C=12', 'Illegal token'],
    ['Bearer short', 'Illegal token'],
    ['Bearer eyJhbGciOiJub25lIn0.e30.', 'Illegal token'],
    ['Bearer past-its-time', 'Illegal token, it has expired'],
  ])('%j: %s', (header, message) => {
    expect(() => authenticate(bearerOf(header), tokens)).toThrow(
      expect.objectContaining({ name: 'AuthenticationError', message }),
    );
  });
});
