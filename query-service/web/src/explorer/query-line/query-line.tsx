import { Search as SearchIcon } from 'lucide-react';
import { fetched } from '../../components/fetched';
import type { Explorer } from '../use-explorer';
import styles from './query-line.module.css';

const Editor = fetched(
  async () => (await import('./editor')).Editor,
  <span className={styles.waiting} />,
);

/** The line in which filters are written. */
export function QueryLine({ explorer }: { explorer: Explorer }) {
  return (
    <div className={styles.line} role="search">
      <SearchIcon size={15} aria-hidden className={styles.icon} />
      <Editor
        search={explorer.search}
        params={explorer.params}
        onSearch={(search) => explorer.change({ search })}
      />
      <kbd className={styles.hint} aria-hidden>
        /
      </kbd>
    </div>
  );
}
