import { hostname } from 'node:os';
import { OWN_PLUGIN_ID, severityNumberPresets, uuidv7 } from 'audit-event';
import type { AuditEvent, EventSource } from 'audit-event';
import type { TombstoneRow } from 'audit-event/store';
import { VERSION } from '../../version';

const SEVERITY = 'high';
const SOURCE: EventSource = {
  resource: {
    'service.name': 'otel-audit-collector-receiver',
    'service.version': VERSION,
    'host.name': hostname(),
    'process.pid': process.pid,
  },
  scopeName: 'collector-receiver',
  scopeVersion: VERSION,
};

/** Tells that a month was dropped; its meta is the tombstone. */
export function monthDropEvent(tombstone: TombstoneRow): AuditEvent {
  return {
    id: uuidv7(),
    time: BigInt(Date.now()) * 1_000_000n,
    pluginId: OWN_PLUGIN_ID,
    eventId: 'month-drop',
    severityLevel: SEVERITY,
    severityNumber: severityNumberPresets.default[SEVERITY],
    status: 'succeeded',
    actor: { type: 'service', id: 'collector-receiver' },
    actionType: 'delete',
    entityRef: `audit-log-month:${tombstone.month}`,
    meta: { ...tombstone },
    source: SOURCE,
  };
}
