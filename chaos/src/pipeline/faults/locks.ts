/** Lets works of the same name follow each other. */
export type Locked = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/**
 * Locks by name: faults may strike at once, but what ends, starts or fills one and the same thing follows each other.
 *
 * @example
 * const locked = createLocks();
 * await locked('postgres', () => postgres.restart('kill', 100));
 */
export function createLocks(): Locked {
  const last = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const next = (last.get(name) ?? Promise.resolve()).then(work, work);
    last.set(name, next);
    return next;
  };
}
