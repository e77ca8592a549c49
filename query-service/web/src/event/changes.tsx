import { Columns2 } from 'lucide-react';
import { useState } from 'react';
import { printJson } from '../api/json';
import type { Json } from '../api/json';
import { Button } from '../components/button';
import { classes } from '../components/classes';
import { useIsNarrow } from '../explorer/list/use-is-narrow';
import styles from './changes.module.css';
import type { Changed } from './changes-of';
import { SideBySide } from './side-by-side';

const NAMES: Readonly<Record<string, string>> = {
  add: 'added',
  remove: 'removed',
  replace: 'changed',
  move: 'moved',
  copy: 'copied',
};

/** What was changed, place by place; where there is room, before and after beside each other, and as a whole. */
export function Changes({ changed }: { changed: Changed }) {
  const { changes, documents } = changed;
  const [isWhole, setWhole] = useState(false);
  const isNarrow = useIsNarrow();
  return (
    <>
      {changes.length === 0 && (
        <p className={styles.none}>Before and after are the same.</p>
      )}
      <ul className={styles.changes}>
        {changes.map(({ path, operation, before, after }, index) => (
          <li key={index}>
            <p>
              <code>{path}</code> {NAMES[operation] ?? operation}
            </p>
            <div className={styles.pair}>
              <Side name="Before" value={before} className={styles.removed} />
              <Side name="After" value={after} className={styles.added} />
            </div>
          </li>
        ))}
      </ul>
      {documents && !isNarrow && (
        <Button onPress={() => setWhole(true)}>
          <Columns2 size={14} aria-hidden /> Side by side, as a whole
        </Button>
      )}
      {documents && isWhole && (
        <SideBySide {...documents} onClose={() => setWhole(false)} />
      )}
    </>
  );
}

function Side({
  name,
  value,
  className,
}: {
  name: string;
  value: Json | undefined;
  className: string | undefined;
}) {
  return (
    <div className={classes(styles.side, value !== undefined && className)}>
      <span className={styles.name}>{name}</span>
      <pre>{value === undefined ? '' : printJson(value)}</pre>
    </div>
  );
}
