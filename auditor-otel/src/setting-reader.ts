import { redactSecrets } from './redact-secrets';

/** Takes settings out of an object one by one, checks each, and at the end refuses what nobody took. */
export class SettingReader {
  private readonly left: Map<string, unknown>;
  private readonly known: string[] = [];
  private readonly where: string;

  /** @throws an Error where `input` is no object */
  constructor(input: unknown, where: string) {
    this.where = where;
    if (typeof input !== 'object' || input === null || Array.isArray(input))
      throw this.error('', 'an object', input);
    this.left = new Map(Object.entries(input));
  }

  take(name: string): unknown {
    this.known.push(name);
    const value = this.left.get(name);
    this.left.delete(name);
    return value === null ? undefined : value;
  }

  text(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '')
      throw this.error(name, 'a text', value);
    return value;
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (!words.includes(value as T))
      throw this.error(name, `one of ${words.join(', ')}`, value);
    return value as T;
  }

  /** A boolean; `'true'` and `'false'` count too, because environment variables are texts. */
  flag(name: string): boolean | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw this.error(name, 'true or false', value);
  }

  /** A whole number; digits count too, because environment variables are texts. */
  count(
    name: string,
    min = 1,
    max: number = Number.MAX_SAFE_INTEGER,
  ): number | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const isDigits = typeof value === 'string' && /^\d+$/.test(value);
    const number = isDigits ? Number(value) : value;
    if (
      !Number.isSafeInteger(number) ||
      Number(number) < min ||
      Number(number) > max
    )
      throw this.error(name, `a whole number ${rangeOf(min, max)}`, value);
    return number as number;
  }

  /** A list of texts, of the given words where there are some. */
  list<T extends string>(name: string, words?: readonly T[]): T[] | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const isText = (item: unknown) => typeof item === 'string' && item !== '';
    if (!Array.isArray(value) || !value.every(isText))
      throw this.error(name, 'a list of texts', value);
    const other = value.find((item) => words && !words.includes(item as T));
    if (other !== undefined)
      throw this.error(name, `a list of ${words?.join(', ')}`, other);
    return value as T[];
  }

  /** An object of texts. */
  texts(name: string): Record<string, string> | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const reader = new SettingReader(value, `${this.where}${name}.`);
    const texts: Record<string, string> = {};
    for (const key of reader.left.keys()) texts[key] = reader.text(key) ?? '';
    return texts;
  }

  /** @throws an Error where a setting is left that nobody asked for */
  refuseOthers(): void {
    const [other] = this.left.keys();
    if (other !== undefined)
      throw new Error(
        `cannot start: unknown setting ${this.where}${other}, expected one of ${this.known.join(', ')}`,
      );
  }

  error(name: string, expected: string, came: unknown): Error {
    const key = `${this.where}${name}`.replace(/\.$/, '');
    const text =
      typeof came === 'string' ? `'${redactSecrets(came)}'` : describe(came);
    return new Error(`cannot start: ${key} must be ${expected}, got ${text}`);
  }
}

function rangeOf(min: number, max: number): string {
  return max === Number.MAX_SAFE_INTEGER
    ? `of at least ${min}`
    : `from ${min} to ${max}`;
}

function describe(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
