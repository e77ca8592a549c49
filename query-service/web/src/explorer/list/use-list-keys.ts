import { useEffect } from 'react';
import type { RefObject } from 'react';
import { isTyping } from '../../shell/is-typing';
import type { Explorer } from '../use-explorer';
import { focusGrid, sendToGrid } from './grid-element';

/** Keys of the explorer that hold wherever the focus is: `/` to the query line, `j` and `k` into the list, Escape closes the event. */
export function useListKeys(
  grid: RefObject<HTMLDivElement | null>,
  { event, change }: Explorer,
): void {
  useEffect(() => {
    const onKey = (key: KeyboardEvent) => {
      if (isTyping(key)) return;
      if (key.key === '/') {
        key.preventDefault();
        focusQueryLine();
      } else if (key.key === 'Escape' && event) {
        change({ event: undefined });
        focusGrid();
      } else if (
        (key.key === 'j' || key.key === 'k') &&
        grid.current &&
        !grid.current.contains(document.activeElement)
      ) {
        focusGrid();
        sendToGrid(key.key);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [grid, event, change]);
}

/** Puts the cursor into the query line, which lives in a shadow root. */
export function focusQueryLine(): void {
  const host = document.querySelector('[data-query-line]');
  host?.shadowRoot?.querySelector<HTMLElement>('.cm-content')?.focus();
}
