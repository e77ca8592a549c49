import { createHash, randomFillSync } from 'node:crypto';

/** Eight random bytes for each id; fetched in bulk, because one call to the generator costs as much as ten ids. */
const RANDOM_BYTES = 4096;

const random = Buffer.allocUnsafe(RANDOM_BYTES);
let randomDigits = '';
let nextDigit = 0;
let lastMs = 0;
let timeDigits = '';
let counter = 0;

/**
 * A version 7 UUID (RFC 9562 section 5.7): sorts by time, and within one process by order of creation.
 *
 * @param nowMs milliseconds since 1970
 * @example
 * uuidv7(); // '01980f5e-7c1a-7000-9d52-5f0a6b1c2d3e'
 */
export function uuidv7(nowMs: number = Date.now()): string {
  // The 12 bits after the version count within a millisecond (RFC 9562 section 6.2, method 1); past 4095 of them, or
  // when the clock goes back, the last millisecond seen is used further.
  if (nowMs > lastMs) {
    setTime(nowMs);
  } else if (++counter > 0xfff) {
    setTime(lastMs + 1);
  }
  if (nextDigit === randomDigits.length) fillRandom();
  const at = nextDigit;
  nextDigit += 16;
  const versionAndCount = (0x7000 | counter).toString(16);
  return `${timeDigits}${versionAndCount}-${randomDigits.slice(at, at + 4)}-${randomDigits.slice(at + 4, at + 16)}`;
}

function setTime(ms: number): void {
  lastMs = ms;
  counter = 0;
  const digits = ms.toString(16).padStart(12, '0');
  timeDigits = `${digits.slice(0, 8)}-${digits.slice(8)}-`;
}

function fillRandom(): void {
  randomFillSync(random);
  // The two bits of the variant (RFC 9562 section 4.1).
  for (let i = 0; i < RANDOM_BYTES; i += 8)
    random[i] = (random[i]! & 0x3f) | 0x80;
  randomDigits = random.toString('hex');
  nextDigit = 0;
}

/** The time in a version 7 UUID in milliseconds since 1970, or undefined for any other id. */
export function timeOfUuid(id: string): number | undefined {
  return id[14] === '7'
    ? parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
    : undefined;
}

/**
 * A name-based UUID: version 8 (RFC 9562 section 5.8) over SHA-256, the same for the same name for ever.
 *
 * @example
 * uuidFromName('foreign-id-17') === uuidFromName('foreign-id-17'); // true
 */
export function uuidFromName(name: string | Uint8Array): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return formatUuid(bytes.toString('hex'));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ULID = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i;
const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A foreign id as a UUID: a UUID or ULID keeps its 128 bits, any other string gives a name-based UUID.
 *
 * @returns the UUID in lower case, and whether the id can be read back from it
 */
export function uuidOf(id: string): { uuid: string; exact: boolean } {
  if (UUID.test(id)) return { uuid: id.toLowerCase(), exact: true };
  if (ULID.test(id)) return { uuid: uuidOfUlid(id), exact: true };
  return { uuid: uuidFromName(id), exact: false };
}

function uuidOfUlid(ulid: string): string {
  let value = 0n;
  for (const digit of ulid.toLowerCase())
    value = (value << 5n) | BigInt(CROCKFORD.indexOf(digit));
  return formatUuid(value.toString(16).padStart(32, '0'));
}

function formatUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
