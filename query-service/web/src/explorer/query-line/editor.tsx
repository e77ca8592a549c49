import { useEffect, useRef, useState } from 'react';
import type { Params } from '../../api/events';
import { classes } from '../../components/classes';
import { formatLine } from '../../query/format-line';
import { parseLine } from '../../query/parse-line';
import type { Search } from '../../query/search';
import { createEditor } from './create-editor';
import type { EditorHandle } from './create-editor';
import styles from './query-line.module.css';
import { suggestValues } from './suggest-values';

/** The editor of the query line. Enter searches; leaving it does, too. */
export function Editor({
  search,
  params,
  onSearch,
}: {
  search: Search;
  params: Params;
  onSearch: (search: Search) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle>(undefined);
  const latest = useRef({ params, onSearch, search });
  const [problem, setProblem] = useState('');
  const line = formatLine(search);

  useEffect(() => {
    latest.current = { params, onSearch, search };
  });

  useEffect(() => {
    const made = createEditor(host.current!, {
      onSubmit(text) {
        const read = parseLine(text);
        setProblem(read.problems[0]?.message ?? '');
        if (read.problems.length > 0) return;
        if (formatLine(read.search) !== formatLine(latest.current.search))
          latest.current.onSearch(read.search);
      },
      onChange: () => setProblem(''),
      suggest: (field, typed) =>
        suggestValues(latest.current.params, field, typed),
    });
    editor.current = made;
    return () => made.close();
  }, []);

  useEffect(() => editor.current?.show(line), [line]);

  return (
    <>
      <div ref={host} className={styles.host} data-query-line />
      <span
        role="alert"
        className={classes(problem ? styles.problem : 'visually-hidden')}
      >
        {problem}
      </span>
    </>
  );
}
