import { useMemo, useState } from 'react';
import { printJson } from '../api/json';
import type { Json } from '../api/json';
import { Checkbox } from '../components/checkbox';
import { Dialog } from '../components/dialog';
import { counted } from '../text/count';
import { lineDiff } from '../text/line-diff';
import { pairLines } from './pair-lines';
import type { LinePair } from './pair-lines';
import styles from './changes.module.css';

/** The whole before and the whole after, line beside line. */
export function SideBySide({
  before,
  after,
  onClose,
}: {
  before: Json;
  after: Json;
  onClose: () => void;
}) {
  const [isOnlyChanged, setOnlyChanged] = useState(false);
  const pairs = useMemo(
    () => pairLines(lineDiff(printJson(before), printJson(after))),
    [before, after],
  );
  return (
    <Dialog title="Before and after" size="wide" isOpen onClose={onClose}>
      <Checkbox
        label="Only what differs"
        isSelected={isOnlyChanged}
        onChange={setOnlyChanged}
      />
      <div
        className={styles.whole}
        tabIndex={0}
        role="region"
        aria-label="Before and after"
      >
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {(isOnlyChanged ? withoutSame(pairs) : pairs).map((pair, index) =>
              'skipped' in pair ? (
                <tr key={index} className={styles.gap}>
                  <td colSpan={2}>
                    {counted(pair.skipped, 'line')} that are the same
                  </td>
                </tr>
              ) : (
                <Line key={index} pair={pair} />
              ),
            )}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}

function Line({ pair: { before, after, isSame } }: { pair: LinePair }) {
  const isRemoved = !isSame && before !== undefined;
  const isAdded = !isSame && after !== undefined;
  return (
    <tr>
      <td className={isRemoved ? styles.removed : undefined}>
        {isRemoved ? <del>{before}</del> : before}
      </td>
      <td className={isAdded ? styles.added : undefined}>
        {isAdded ? <ins>{after}</ins> : after}
      </td>
    </tr>
  );
}

/** Lines that are the same in a row, as how many they are. */
function withoutSame(
  pairs: readonly LinePair[],
): (LinePair | { skipped: number })[] {
  const shown: (LinePair | { skipped: number })[] = [];
  for (const pair of pairs) {
    const last = shown.at(-1);
    if (!pair.isSame) shown.push(pair);
    else if (last && 'skipped' in last) last.skipped++;
    else shown.push({ skipped: 1 });
  }
  return shown;
}
