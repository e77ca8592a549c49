import { generateSecret, isSecret, secretRules } from './secret-rules';

it.each([
  ['', false],
  ['1234567', false],
  ['12345678', true],
  ['1234 5678', false],
  ['12345678\n', false],
  [' 12345678', false],
  ['passé-表-x', false],
  ['1234567\u0007', false],
  ['a/b+c=d-', true],
  ['x'.repeat(1_000), true],
  ['x'.repeat(1_001), false],
])('says whether %j can be a secret', (secret, expected) => {
  expect(isSecret(secret)).toBe(expected);
});

it('makes secrets that meet all that is asked, and are never the same', () => {
  const made = Array.from({ length: 100 }, generateSecret);
  for (const secret of made) {
    expect(secretRules(secret).every(({ isMet }) => isMet)).toBe(true);
    expect(secret).toMatch(/^[\w-]{32}$/);
  }
  expect(new Set(made).size).toBe(made.length);
});
