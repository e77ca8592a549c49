import type { ListedEvent } from '../event';
import type { Terminal } from '../terminal';
import { eventColumns } from './event-columns';
import { exactJson } from './exact-json';
import { createTable } from './table';

/**
 * Writes events as they come: as a table for people, or one JSON text per line for programs.
 *
 * @example
 * const write = eventWriter(terminal, { isJson: false });
 * await write(page.data);
 */
export function eventWriter(
  terminal: Terminal,
  { isJson }: { isJson: boolean },
): (events: readonly ListedEvent[]) => Promise<void> {
  const table = createTable(eventColumns, terminal);
  return async function writeEvents(events) {
    // An empty page says nothing of how wide the columns are.
    if (events.length === 0) return;
    const text = isJson
      ? events.map((event) => `${exactJson(event)}\n`).join('')
      : table(events);
    await terminal.out(text);
  };
}
