import type { Json } from '../api/json';
import { META } from '../query/search';
import type { Explorer } from '../explorer/use-explorer';
import styles from './event-panel.module.css';
import { FieldRow } from './field-row';
import { metaField } from './meta-field';

/** What is in `meta`, place by place. */
export function MetaTree({
  value,
  path,
  explorer,
}: {
  value: Json;
  path: readonly string[];
  explorer: Explorer;
}) {
  if (typeof value !== 'object' || value === null)
    return (
      <FieldRow
        field={metaField(path) ?? 'none'}
        label={path.at(-1) ?? META}
        value={value === null ? 'null' : String(value)}
        explorer={explorer}
      />
    );
  const rows = Object.entries(value).map(([key, inner]) => (
    <MetaTree
      key={key}
      value={inner}
      path={[...path, key]}
      explorer={explorer}
    />
  ));
  if (path.length === 0) return rows;
  return (
    <div>
      <dt className="visually-hidden">{path.at(-1)}</dt>
      <dd>
        <details className={styles.nested} open>
          <summary>{path.at(-1)}</summary>
          {rows.length === 0 ? (
            <p className={styles.note}>empty</p>
          ) : (
            <dl>{rows}</dl>
          )}
        </details>
      </dd>
    </div>
  );
}
