import { compileGlob } from './glob';
import type { Glob } from './glob';
import type { IdentifiedRule, RuleKey } from './rule';

/** Values of a field whose answer is remembered, and the longest that is, in UTF-16 units. */
const CACHE_SIZE = 10_000;
const CACHED_LENGTH = 256;

/** How many 32-bit numbers hold a set of rules: rule 33 is bit 1 of the second. */
export function wordsFor(rules: number): number {
  return Math.ceil(rules / 32);
}

/**
 * What all rules say about one field. Each value is matched against the patterns once: a portal has a few thousand
 * actors and a few dozen events. The answers lie in one table, row by row, for the processor's caches.
 *
 * @example
 * const actors = new FieldRules('actorId', rules);
 * actors.narrow(left, 'plugin:catalog'); // left has only rules that plugin:catalog can meet
 */
export class FieldRules {
  readonly key: RuleKey;
  private readonly globs: (Glob | undefined)[];
  private readonly words: number;
  private readonly rowOf = new Map<string, number>();
  private readonly table: Int32Array;

  constructor(key: RuleKey, rules: readonly IdentifiedRule[]) {
    this.key = key;
    this.globs = rules.map(({ rule }) => {
      const pattern = rule[key];
      return pattern === undefined ? undefined : compileGlob(pattern);
    });
    this.words = wordsFor(rules.length);
    // The first row is for no value, the last for values that are not remembered.
    this.table = new Int32Array((CACHE_SIZE + 2) * this.words);
    this.fill(0, undefined);
  }

  /**
   * Takes the rules out of a set that a value of the field speaks against.
   *
   * @returns whether any is left
   */
  narrow(left: Int32Array, value: string | undefined): boolean {
    const { table, words } = this;
    const start = this.row(value) * words;
    let any = 0;
    for (let i = 0; i < words; i++) any |= left[i]! &= table[start + i]!;
    return any !== 0;
  }

  private row(value: string | undefined): number {
    if (value === undefined) return 0;
    return this.rowOf.get(value) ?? this.add(value);
  }

  private add(value: string): number {
    if (value.length > CACHED_LENGTH) return this.fill(CACHE_SIZE + 1, value);
    if (this.rowOf.size === CACHE_SIZE) this.rowOf.clear();
    const row = this.rowOf.size + 1;
    this.rowOf.set(value, row);
    return this.fill(row, value);
  }

  private fill(row: number, value: string | undefined): number {
    const start = row * this.words;
    this.table.fill(0, start, start + this.words);
    this.globs.forEach((glob, i) => {
      const isPossible =
        glob === undefined || (value !== undefined && glob(value));
      if (isPossible) this.table[start + (i >> 5)]! |= 1 << (i & 31);
    });
    return row;
  }
}
