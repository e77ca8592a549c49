import { useEffect, useState } from 'react';
import { showToast } from '../components/toast';
import { apiPath } from './events';
import type { Params } from './events';
import { parseJson } from './json';
import type { AuditEvent } from './types';

/** Most events that are kept of a tail; older ones are in the list after a refresh. */
const MOST = 1_000;

/** Events as they are committed, the latest first, while `isOn`. They are gone when the filters change. */
export function useTail(
  filters: Params,
  isOn: boolean,
): { events: readonly AuditEvent[]; clear: () => void } {
  const [events, setEvents] = useState<readonly AuditEvent[]>([]);
  const address = apiPath('tail', filters);
  useEffect(() => {
    if (!isOn) return undefined;
    const source = new EventSource(address);
    source.addEventListener('audit-event', ({ data }) => {
      const event = parseJson(String(data)) as AuditEvent;
      setEvents((before) =>
        before.some(({ id }) => id === event.id)
          ? before
          : [event, ...before].slice(0, MOST),
      );
    });
    source.addEventListener('error', () => {
      // A browser connects again by itself, unless it was refused.
      if (source.readyState === EventSource.CLOSED)
        showToast('New events are no longer followed; refresh to see them', {
          isError: true,
        });
    });
    return () => {
      source.close();
      setEvents([]);
    };
  }, [address, isOn]);
  return { events, clear: () => setEvents([]) };
}
