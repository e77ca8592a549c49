/**
 * Runs pieces of work of this process in turns, so that what else the machine does hits all of them alike.
 *
 * @returns the median CPU seconds of each, without its first turn, in which it is being compiled
 * @example
 * const { a, b } = await inTurns(7, { a: () => one(), b: () => other() });
 */
export async function inTurns<Name extends string>(
  rounds: number,
  works: Record<Name, () => unknown>,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const seconds = Object.fromEntries(
    names.map((name) => [name, [] as number[]]),
  ) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++)
    for (const name of names) {
      const start = process.cpuUsage();
      await works[name]();
      const { user, system } = process.cpuUsage(start);
      if (round > 0) seconds[name].push((user + system) / 1e6);
    }
  return Object.fromEntries(
    names.map((name) => [name, median(seconds[name])]),
  ) as Record<Name, number>;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * q)]!;
}
