import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useSearch } from 'wouter/use-browser-location';
import { isPreset } from '../time/range';
import { askedAt } from './ask-early';
import { addressOf, askedBy, paramsAt, stateOf } from './explorer-state';
import type { Asked, ExplorerState } from './explorer-state';

/** The state of the explorer with what the API is asked, the same for list, histogram, facets and export. */
export interface Explorer extends ExplorerState, Asked {
  change: (change: Partial<ExplorerState>) => void;
  /** Asks again, up to now. */
  refresh: () => void;
}

/** The state of the explorer, which is all in the address. */
export function useExplorer(): Explorer {
  const address = useSearch();
  const [, go] = useLocation();
  const client = useQueryClient();
  const state = useMemo(() => stateOf(new URLSearchParams(address)), [address]);
  const asked = askedBy(state);
  const [as, setAs] = useState(() => ({ asked, of: askedAt(client, asked) }));
  // Something else is asked for, by a link or by going back, say: "up to now" is another time by then.
  if (as.asked !== asked) setAs(() => ({ asked, of: Date.now() }));
  const change = useCallback(
    (more: Partial<ExplorerState>) => {
      const next = {
        ...stateOf(new URLSearchParams(location.search)),
        ...more,
      };
      if (more.search || more.when)
        setAs({ asked: askedBy(next), of: Date.now() });
      go(addressOf(next), {
        replace: onlyEvent(more) && state.event !== undefined,
      });
    },
    [go, state.event],
  );
  return useMemo(
    () => ({
      ...state,
      ...paramsAt(state, as.of),
      change,
      refresh() {
        if (isPreset(state.when)) setAs({ asked, of: Date.now() });
        // The range stays what it is, and events may have come late.
        else void client.invalidateQueries();
      },
    }),
    [state, asked, as.of, change, client],
  );
}

/** Walking from event to event leaves one step in the history, not one for each. */
function onlyEvent(change: Partial<ExplorerState>): boolean {
  return Object.keys(change).every((key) => key === 'event');
}
