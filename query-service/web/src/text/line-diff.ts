export interface DiffLine {
  change: 'same' | 'added' | 'removed';
  text: string;
}

/** Two texts that are longer are not compared line by line: it would take too much memory. */
const MAX_COMPARED = 16_000_000;

/**
 * What became of the lines of a text: the longest common sequence of lines stays, in time and memory of both lengths multiplied. Of very long
 * texts every line counts as changed.
 *
 * @example
 * lineDiff('a\nb', 'a\nc'); // a is the same, b removed, c added
 */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length * now.length > MAX_COMPARED)
    return [
      ...old.map((text): DiffLine => ({ change: 'removed', text })),
      ...now.map((text): DiffLine => ({ change: 'added', text })),
    ];
  const common = commonLengths(old, now);
  const found: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      found.push({ change: 'same', text: old[i++]! });
      j++;
    } else if (
      j === now.length ||
      (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)
    )
      found.push({ change: 'removed', text: old[i++]! });
    else found.push({ change: 'added', text: now[j++]! });
  }
  return found;
}

/** Of what is left from line `i` of the one and `j` of the other, how many lines both have. */
function commonLengths(old: readonly string[], now: readonly string[]) {
  const common = Array.from(
    { length: old.length + 1 },
    () => new Uint16Array(now.length + 1),
  );
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      common[i]![j] =
        old[i] === now[j]
          ? common[i + 1]![j + 1]! + 1
          : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  return common;
}
