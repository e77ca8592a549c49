import { Search as SearchIcon } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { Explorer } from '../use-explorer';
import styles from './query-line.module.css';

const Editor = lazy(async () => ({
  default: (await import('./editor')).Editor,
}));

/** The line in which filters are written. */
export function QueryLine({ explorer }: { explorer: Explorer }) {
  return (
    <div className={styles.line} role="search">
      <SearchIcon size={15} aria-hidden className={styles.icon} />
      <Suspense fallback={<span className={styles.waiting} />}>
        <Editor
          search={explorer.search}
          params={explorer.params}
          onSearch={(search) => explorer.change({ search })}
        />
      </Suspense>
      <kbd className={styles.hint} aria-hidden>
        /
      </kbd>
    </div>
  );
}
