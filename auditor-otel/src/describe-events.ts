import type { DescribedEvent } from './define-event';

/**
 * The catalogue of an application's events, in JSON, for documentation and reviews: by plugin, event and action.
 *
 * @throws an Error that names the event that is defined twice
 * @example
 * writeFileSync('audit-events.json', JSON.stringify(describeEvents([orderCancel, orderPlace]), null, 2));
 */
export function describeEvents(
  events: Iterable<{ readonly described: DescribedEvent }>,
): DescribedEvent[] {
  const byName = new Map<string, DescribedEvent>();
  for (const { described } of events) {
    const { pluginId, eventId, actionType } = described;
    const name = [pluginId, eventId, actionType]
      .filter((part) => part !== undefined)
      .join(' ');
    const key = JSON.stringify([pluginId, eventId, actionType]);
    if (byName.has(key))
      throw new Error(
        `cannot list events: '${name}' is defined twice; give one of them another eventId or actionType`,
      );
    byName.set(key, described);
  }
  return [...byName.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, described]) => described);
}
