/** A share of the budget, held by one request. */
export interface BudgetShare {
  /** Whether that many bytes could be taken just now. */
  hasRoomFor(bytes: number): boolean;
  /** Takes bytes, or none when that many are not left. */
  take(bytes: number): boolean;
  /** Gives some of what was taken back. */
  giveBack(bytes: number): void;
  /** Gives back all that was taken. */
  release(): void;
}

/**
 * A bound on the bytes of all request bodies in flight: past it requests are refused at once rather than piled up. One
 * share at a time stands outside the bound, so that a body larger than what is left, or than the whole, gets through.
 *
 * @example
 * const budget = createByteBudget(16 * 1024 * 1024);
 * const share = budget.share();
 * if (!share.take(1024)) refuse();
 */
export function createByteBudget(limit: number): {
  used: () => number;
  share: () => BudgetShare;
} {
  let used = 0;
  let outside: BudgetShare | undefined;
  let usedOutside = 0;

  function createShare(): BudgetShare {
    let taken = 0;
    const isOutside = () => outside === share;
    const add = (bytes: number) => {
      taken += bytes;
      if (isOutside()) usedOutside += bytes;
      else used += bytes;
    };
    const moveOutside = () => {
      outside = share;
      usedOutside = taken;
      used -= taken;
    };
    const share: BudgetShare = {
      hasRoomFor: (bytes) =>
        isOutside() || outside === undefined || used + bytes <= limit,
      take(bytes) {
        if (!share.hasRoomFor(bytes)) return false;
        if (!isOutside() && used + bytes > limit) moveOutside();
        add(bytes);
        return true;
      },
      giveBack: (bytes) => add(-bytes),
      release() {
        add(-taken);
        if (isOutside()) outside = undefined;
      },
    };
    return share;
  }

  return { used: () => used + usedOutside, share: createShare };
}
