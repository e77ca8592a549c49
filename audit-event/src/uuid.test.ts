import { timeOfUuid, uuidv7 } from './uuid';

const UUID_V7 =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('uuidv7', () => {
  // More than random bytes are fetched at once for, and more than one millisecond can count.
  const ids = Array.from({ length: 10_000 }, () => uuidv7());

  it('is of version 7 and the variant of RFC 9562', () => {
    expect(ids.filter((id) => !UUID_V7.test(id))).toEqual([]);
  });

  it('sorts in the order of creation', () => {
    expect(ids.toSorted()).toEqual(ids);
  });

  it('has a random part that never repeats', () => {
    expect(new Set(ids.map((id) => id.slice(19))).size).toBe(ids.length);
  });

  it('holds the time that it was given, also a later one', () => {
    const later = Date.now() + 60_000;
    expect(timeOfUuid(uuidv7(later))).toBe(later);
  });

  it('never goes back with the clock', () => {
    const last = uuidv7();
    expect(uuidv7(1) > last).toBe(true);
  });
});
