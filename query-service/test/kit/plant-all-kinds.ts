import { randomUUID } from 'node:crypto';
import { commitBatch, registerReceiver } from 'audit-event/store';
import { anAuditEvent } from '../../../test/src/audit-events';
import { createPlanter, eventsOf } from '../../../test/src/planted-events';
import { receivedOf } from '../../../test/src/received';

/** Something of all that can be read: events, three streams of which two have gaps, records in quarantine. */
export async function plantAllKinds(databaseUrl: string): Promise<void> {
  const planter = await createPlanter(databaseUrl);
  try {
    await planter.plant([
      anAuditEvent({ traceId: '0af7651916cd43dd8448eb211c80319c' }),
      anAuditEvent({ status: 'failed', severityLevel: 'high' }),
      anAuditEvent({ status: 'initiated', operationId: randomUUID() }),
    ]);
    for (const numbers of [[0], [1, 2], [0, 3]])
      await planter.plant(eventsOf(randomUUID(), numbers));
    const quarantined = ['{}', '[]', '1'].map((text) => ({
      reason: 'malformed',
      detail: 'it is malformed',
      encoding: 'json' as const,
      raw: Buffer.from(text),
    }));
    await commitBatch(planter.db, {
      requests: [receivedOf([], { received: 3, quarantined })],
      receiverId: await registerReceiver(planter.db, 'other:1', '0.0.0'),
      receiverSeq: 1,
      recordedAt: new Date(),
    });
    await planter.fold();
    await planter.foldCounts();
  } finally {
    await planter.close();
  }
}
