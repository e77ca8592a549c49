/** A share of the budget, held by one request. */
export interface BudgetShare {
  /** Whether that many bytes are left just now. */
  hasRoomFor(bytes: number): boolean;
  /** Takes bytes, or none when that many are not left. */
  take(bytes: number): boolean;
  /** Gives back all that was taken. */
  release(): void;
}

/**
 * A bound on the bytes of all request bodies in flight: past it requests are refused at once rather than piled up.
 *
 * @example
 * const budget = createByteBudget(64 * 1024 * 1024);
 * const share = budget.share();
 * if (!share.take(1024)) refuse();
 */
export function createByteBudget(limit: number): {
  used: () => number;
  share: () => BudgetShare;
} {
  let used = 0;
  const hasRoomFor = (bytes: number) => used + bytes <= limit;
  return {
    used: () => used,
    share() {
      let taken = 0;
      return {
        hasRoomFor,
        take(bytes) {
          if (!hasRoomFor(bytes)) return false;
          used += bytes;
          taken += bytes;
          return true;
        },
        release() {
          used -= taken;
          taken = 0;
        },
      };
    },
  };
}
