import fc from 'fast-check';
import { redactSecrets } from './redact-secrets';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqb2huIn0.c2lnbmF0dXJl';

describe('redactSecrets', () => {
  it.each([
    [
      'connect postgres://audit:p@ss@db:5432/x failed',
      'connect postgres://REDACTED@db:5432/x failed',
    ],
    ['https://ghp_123@github.com/a', 'https://REDACTED@github.com/a'],
    ['Authorization: Bearer abc.def-1', 'Authorization: Bearer REDACTED'],
    ['authorization: basic YWJjOmRlZg==', 'authorization: basic REDACTED'],
    [`token ${jwt} expired`, 'token REDACTED expired'],
    ['GET /cb?code=4/0A&state=s', 'GET /cb?code=REDACTED&state=s'],
    ['password=hunter2, user=john', 'password=REDACTED, user=john'],
    ['{"client_secret":"a b","id":7}', '{"client_secret":"REDACTED","id":7}'],
    ["apiKey: 'x y'", "apiKey: 'REDACTED'"],
    ['Illegal token: abcdef', 'Illegal token: REDACTED'],
    [
      'access_token=a refresh-token=b',
      'access_token=REDACTED refresh-token=REDACTED',
    ],
  ])('makes %s into %s', (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });

  it.each([
    'relation "final_entities" does not exist, code: 42P01',
    'Key (id)=(17) already exists; key: id',
    'NotFoundError: no entity component:default/token-service',
    'http://host/a?email=a@b.c',
    'tokens used: 5',
    'the session ended: timeout',
  ])('keeps %s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('takes any text, and hostile ones without backtracking for long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        redactSecrets(text);
      }),
    );
    for (const part of [
      '://',
      'eyJ-',
      'token=',
      'a',
      '"',
      'Bearer ',
      '-=',
      ' ',
    ])
      redactSecrets(part.repeat(20_000));
  });
});
