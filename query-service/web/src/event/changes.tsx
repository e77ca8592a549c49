import { printJson } from '../api/json';
import type { Json } from '../api/json';
import { classes } from '../components/classes';
import styles from './event-panel.module.css';
import type { Change } from './json-patch';

const NAMES: Readonly<Record<string, string>> = {
  add: 'added',
  remove: 'removed',
  replace: 'changed',
  move: 'moved',
  copy: 'copied',
};

/** What was changed, place by place. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0)
    return <p className={styles.note}>Before and after are the same.</p>;
  return (
    <table className={styles.diff}>
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, operation, before, after }, index) => (
          <tr key={`${index} ${path}`}>
            <th scope="row">
              <code>{path}</code> {NAMES[operation] ?? operation}
            </th>
            <td className={classes(styles.removed, styles.mono)}>
              {shown(before)}
            </td>
            <td className={classes(styles.added, styles.mono)}>
              {shown(after)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shown(value: Json | undefined): string {
  return value === undefined ? '' : printJson(value);
}
