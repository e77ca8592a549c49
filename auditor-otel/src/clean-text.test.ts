import fc from 'fast-check';
import { cleanText, isTooLong } from './clean-text';

describe('cleanText', () => {
  it('keeps a text that is clean and fits', () => {
    expect(cleanText('größe 🎈', 100)).toBe('größe 🎈');
  });

  it.each([150, 151, 152, 153])(
    'cuts between characters at %i bytes',
    (max) => {
      expect(cleanText('€'.repeat(200), max)).not.toContain('\ufffd');
    },
  );

  it('gives well-formed text of at most so many bytes, and tells when it cut', () => {
    const unit = fc.constantFrom('a', 'ö', '€', '🎈', '\ud800', '\udc00', '\0');
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 400 }).map((units) => units.join('')),
        fc.integer({ min: 150, max: 600 }),
        (text, maxBytes) => {
          const clean = cleanText(text, maxBytes);
          expect(clean.isWellFormed()).toBe(true);
          expect(clean).not.toContain('\0');
          expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(maxBytes);
          const whole = text.toWellFormed().replaceAll('\0', '\u2400');
          const isCut = clean !== whole;
          expect(isTooLong(whole, maxBytes)).toBe(isCut);
          if (isCut)
            expect(clean).toContain(`${Buffer.byteLength(whole)} bytes`);
        },
      ),
    );
  });
});
