import type { DiffLine } from '../text/line-diff';

/** A line of the one text with the line of the other that stands beside it. */
export interface LinePair {
  before: string | undefined;
  after: string | undefined;
  isSame: boolean;
}

/** The lines of two texts beside each other: what was removed beside what was added in its place. */
export function pairLines(diff: readonly DiffLine[]): LinePair[] {
  const pairs: LinePair[] = [];
  let [removed, added]: [string[], string[]] = [[], []];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++)
      pairs.push({ before: removed[i], after: added[i], isSame: false });
    [removed, added] = [[], []];
  };
  for (const { change, text } of diff)
    if (change === 'removed') removed.push(text);
    else if (change === 'added') added.push(text);
    else {
      flush();
      pairs.push({ before: text, after: text, isSame: true });
    }
  flush();
  return pairs;
}
