import fc from 'fast-check';
import { parseTime } from './parse-time';

describe('a time is read to its millisecond', () => {
  it.each([
    ['2026-01-31T23:59:59Z', '2026-01-31T23:59:59.000Z'],
    ['2026-01-15T10:30:00.120Z', '2026-01-15T10:30:00.120Z'],
    ['2026-01-15T10:30:00.1Z', '2026-01-15T10:30:00.100Z'],
    ['2026-01-15T10:30:00.123999999Z', '2026-01-15T10:30:00.123Z'],
    ['2026-01-15T10:30Z', '2026-01-15T10:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is %s', (text, expected) => {
    expect(new Date(parseTime(text)!).toISOString()).toBe(expected);
  });
});

describe('what is no real time in UTC is refused', () => {
  it.each([
    ['no zone', '2026-01-01T00:00:00'],
    ['an offset', '2026-01-01T00:00:00+01:00'],
    ['the offset zero', '2026-01-01T00:00:00+00:00'],
    ['a small z', '2026-01-01T00:00:00z'],
    ['a date alone', '2026-01-01'],
    ['a date with Z', '2026-01-01Z'],
    ['the 30th of February', '2026-02-30T00:00:00Z'],
    ['the 29th of February in a common year', '2026-02-29T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['hour 24', '2026-01-01T24:00:00Z'],
    ['second 60', '2016-12-31T23:59:60Z'],
    ['year 0', '0000-01-01T00:00:00Z'],
    ['a signed long year', '+010000-01-01T00:00:00Z'],
    ['a space for the T', '2026-01-01 00:00:00Z'],
    ['a trailing space', '2026-01-01T00:00:00Z '],
    ['a comma before the fraction', '2026-01-01T00:00:00,5Z'],
    ['a point without digits', '2026-01-01T00:00:00.Z'],
    ['ten digits of fraction', '2026-01-01T00:00:00.1234567890Z'],
    ['seconds since 1970', '1767225600'],
    ['a word', 'yesterday'],
    ['nothing', ''],
  ])('%s: %j', (_, text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});

it('reads back every time that the API can print', () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date('0001-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59.999Z'),
        noInvalidDate: true,
      }),
      (date) => {
        expect(parseTime(date.toISOString())).toBe(date.getTime());
      },
    ),
  );
});
