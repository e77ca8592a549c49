import { useSyncExternalStore } from 'react';

const NARROW = '(max-width: 48rem)';

/** Whether the page has the room of a telephone. */
export function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}

/** The same, and shows anew when that changes. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrow);
}

function subscribe(listener: () => void): () => void {
  const media = matchMedia(NARROW);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}
