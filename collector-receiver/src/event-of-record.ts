import { flag, fromLogRecord, isAuditRecord } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import type { ReadRecord } from './decode/decoded';
import { limits } from './decode/limits';
import { readMetaText } from './decode/meta-text';

/** What happens to records without `audit.*` attributes: stored as events of their service, or kept aside. */
export const foreignRecordChoices = ['store', 'quarantine'] as const;
export type ForeignRecords = (typeof foreignRecordChoices)[number];

export type EventOrQuarantine =
  | { status: 'event'; event: AuditEvent }
  | { status: 'quarantine'; reason: string; detail: string };

/** The audit event in a record, or why the record is kept aside instead. */
export function eventOfRecord(
  { record, source, flags }: ReadRecord,
  foreignRecords: ForeignRecords,
): EventOrQuarantine {
  if (foreignRecords === 'quarantine' && !isAuditRecord(record))
    return quarantine(
      'foreign-record',
      'the record has no audit.* attributes (AUDIT_RECEIVER_FOREIGN_RECORDS is quarantine)',
    );
  try {
    const meta = readMetaText(record);
    if (meta === 'too-deep')
      return quarantine(
        'too-deep',
        `expected at most ${limits.depth} lists and maps inside each other in audit.meta`,
      );
    const event = fromLogRecord(record, source);
    if (meta === 'sanitized') flag(event, 'sanitized');
    for (const name of flags) flag(event, name);
    return { status: 'event', event };
  } catch (error) {
    // A bug of ours. Refusing the request would make its sender repeat it for ever.
    return quarantine(
      'unmappable',
      `cannot make an event of the record: ${String(error)}`,
    );
  }
}

function quarantine(reason: string, detail: string): EventOrQuarantine {
  return { status: 'quarantine', reason, detail };
}
