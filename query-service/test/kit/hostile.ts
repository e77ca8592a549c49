import fc from 'fast-check';

/** Texts that break what is built by gluing texts together, or by trusting lengths, numbers and times. */
export const hostileWords = [
  '',
  "'",
  "' or 1=1 --",
  '"',
  '\\',
  '%',
  '%00',
  '%_*',
  '*',
  '../../etc/passwd',
  '\0',
  '\r\nX: y',
  '{}',
  '[]',
  'null',
  'true',
  '-1',
  '0',
  '1e309',
  '9007199254740993',
  '99999999999999999999999999',
  '0..9007199254740991',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
  '__proto__',
  'constructor',
  '\u{1f600}',
  '\ud800',
  '\udc00',
  '\u202e',
  'a\0b',
  '\udfff\ud800',
  '-9007199254740993',
  '2147483648',
  '9223372036854775808',
  '1970-01-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  'x'.repeat(5_000),
  `${'*a'.repeat(40)}b`,
];

/** Any text. */
export const hostileText = fc.oneof(
  fc.constantFrom(...hostileWords),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Any JSON, also with the keys that a body may have. */
export const hostileJson = (keys: readonly string[]) =>
  fc.oneof(
    fc.dictionary(
      fc.oneof(fc.constantFrom(...keys), hostileText),
      fc.oneof(
        hostileText,
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...keys), hostileText),
        fc.array(fc.dictionary(fc.constantFrom(...keys), hostileText)),
      ),
      { maxKeys: 5 },
    ),
    fc.jsonValue(),
  );

/** A value of a header: fetch sends none with other characters. */
export const hostileHeader = fc
  .oneof(hostileText, fc.constantFrom('*', '"1"', '"1", *', 'bytes=0-', 'gzip'))
  .map((text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').trim());
