import type { AuditEvent } from '../audit-event';
import { fitSizes } from './fit/fit-sizes';
import type { Received } from './received';
import { Rows } from './rows';

/**
 * Events that a service of ours makes itself, as what a receiver hands to its commit: none of them came over the wire,
 * and none can be excluded.
 *
 * @param rulesHash of the set without rules, which all of them met
 * @example
 * await commitBatch(db, { requests: [ownReceived(events, rulesHash)], ...context });
 */
export function ownReceived(
  events: readonly AuditEvent[],
  rulesHash: Uint8Array,
): Received {
  const rows = new Rows();
  events.forEach((event, i) => rows.add(fitSizes(event), i));
  return {
    bytes: rows.out.length,
    received: events.length,
    events: {
      rows,
      raw: (number) => ({ encoding: 'json', raw: textOf(events[number]!) }),
    },
    excluded: new Map(),
    quarantined: [],
    ranges: [],
    rulesHash,
  };
}

/** An event that the database refused, for quarantine. */
function textOf(event: AuditEvent): Uint8Array {
  const text = JSON.stringify(event, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return Buffer.from(text);
}
