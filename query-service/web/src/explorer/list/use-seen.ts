import { useMemo, useState } from 'react';
import type { AuditEvent } from '../../api/types';

const NONE: readonly AuditEvent[] = [];

/**
 * The events of a tail that somebody has had shown, on top of those that were listed, each once.
 *
 * @param searched what was searched for: of another search nothing was shown
 */
export function useSeen(
  listed: readonly AuditEvent[],
  tail: { events: readonly AuditEvent[]; clear: () => void },
  searched: string,
): {
  events: readonly AuditEvent[];
  /** Those that nobody has had shown so far. */
  fresh: readonly AuditEvent[];
  show: () => void;
} {
  const [shown, setShown] = useState({ searched, events: NONE });
  const seen = shown.searched === searched ? shown.events : NONE;
  // Of a long list that costs time, and nearly always there is nothing to be found in it.
  const isAsked = seen.length > 0 || tail.events.length > 0;
  const ids = useMemo(
    () => new Set(isAsked ? listed.map(({ id }) => id) : []),
    [listed, isAsked],
  );
  const events = useMemo(
    () =>
      seen.length === 0
        ? listed
        : [...seen.filter(({ id }) => !ids.has(id)), ...listed],
    [listed, ids, seen],
  );
  const fresh = useMemo(() => {
    const known = new Set(seen.map(({ id }) => id));
    return tail.events.filter(({ id }) => !ids.has(id) && !known.has(id));
  }, [tail.events, ids, seen]);
  return {
    events,
    fresh,
    show() {
      setShown({ searched, events: [...fresh, ...seen] });
      tail.clear();
    },
  };
}
