import { createAuditor } from 'auditor-otel';
import type { EventDraft } from 'auditor-otel';
import { readEvents } from 'audit-event/store';
import type { StoredEvent } from 'audit-event/store';
import { readDemoEvents, recordOf } from '../../stack/src/demo';
import type { BackstageEvent } from '../../stack/src/demo';
import { createTestDatabase } from '../src/database';
import type { TestDatabase } from '../src/database';
import { startServices } from '../src/services';
import type { EventV1, Services } from '../src/services';

const PROMOTED = ['actionType', 'queryType', 'entityRef'];
const LEVELS = ['low', 'medium', 'high', 'critical'];
const events = readDemoEvents();

/** What API v1 must say of a line of the file, worked out from the line alone. */
function expectedV1(
  event: BackstageEvent,
): Omit<EventV1, 'id' | 'recorded_at'> {
  const meta = event.meta ?? {};
  const actorId = event.actor.actorId ?? 'anonymous';
  const actorType = !event.actor.actorId
    ? 'anonymous'
    : actorId.startsWith('user:')
      ? 'user'
      : 'service';
  const text = (key: string) => (meta[key] as string | undefined) ?? null;
  return {
    event_time: event.observedAt,
    plugin_id: event.plugin,
    event_id: event.eventId,
    severity_level: LEVELS.includes(event.severityLevel)
      ? event.severityLevel
      : 'low',
    status: event.status,
    actor_type: actorType,
    actor_id: actorId,
    request_method: event.request?.method ?? null,
    request_url: event.request?.url.split('?')[0] ?? null,
    action_type: text('actionType'),
    query_type: text('queryType'),
    entity_ref: text('entityRef'),
    meta: Object.fromEntries(
      Object.entries(meta).filter(([key]) => !PROMOTED.includes(key)),
    ),
  };
}

describe.each(['protobuf', 'json'] as const)(
  '710 events of a real Backstage backend over OTLP in %s',
  (encoding) => {
    let database: TestDatabase;
    let services: Services;
    let emitted: EventDraft[];
    let stored: StoredEvent[];

    beforeAll(async () => {
      database = await createTestDatabase();
      // All 710 are to come back, also those that the default rules keep out.
      await database.pool.query(`delete from audit.exclusion_rule`);
      services = await startServices(database.url);
      emitted = [];
      const auditor = createAuditor({
        endpoint: services.receiverUrl,
        encoding,
        serviceName: 'backstage',
        spool: false,
        onEvent: (event) => emitted.push(event),
      });
      for (const event of events)
        auditor.record({
          ...recordOf(event),
          time: new Date(event.observedAt),
        });
      const { status } = await auditor.close();
      if (status !== 'sent')
        throw new Error(`expected all sent, got ${status}`);
      stored = await readEvents(
        database.pool,
        emitted.map(({ id }) => id),
      );
      stored.sort((a, b) => a.sequence! - b.sequence!);
    });
    afterAll(async () => {
      await services.close();
      await database.drop();
    });

    it('are all in the store, with all fields as they were made', () => {
      expect(stored).toHaveLength(710);
      const asMade = stored.map(
        ({
          recordedAt,
          severityNumber,
          streamId,
          sequence,
          source,
          ...event
        }) => {
          expect(recordedAt.getTime()).toBeLessThanOrEqual(Date.now());
          expect(severityNumber).toBeGreaterThan(0);
          expect(source?.resource['service.name']).toBe('backstage');
          expect([streamId, sequence]).not.toContain(undefined);
          return event;
        },
      );
      expect(asMade.map(withMicroseconds)).toEqual(
        emitted.map(withMicroseconds),
      );
    });

    it('are one stream without a gap', () => {
      expect(new Set(stored.map(({ streamId }) => streamId)).size).toBe(1);
      const first = stored[0]!.sequence!;
      expect(stored.map(({ sequence }) => sequence)).toEqual(
        stored.map((_, i) => first + i),
      );
    });

    it('come back through API v1 field by field, outcomes only, newest first', async () => {
      const range =
        'start_time=2026-11-01T00:00:00Z&end_time=2026-12-01T00:00:00Z&limit=1000';
      const { data: all, total } = await services.ask(range);
      const outcomes = events.filter(({ status }) => status !== 'initiated');
      // With the first and the last of the stream.
      expect(total).toBe(outcomes.length + 2);
      const data = all.filter(
        ({ event_id }) => !event_id.startsWith('stream-'),
      );
      const byKey = (a: object, b: object) =>
        JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
      const told = data.map(({ id, recorded_at, ...event }) => {
        expect(emitted.some((one) => one.id === id)).toBe(true);
        expect(Date.parse(recorded_at)).toBeGreaterThan(0);
        return event;
      });
      expect(told.toSorted(byKey)).toEqual(
        outcomes.map(expectedV1).toSorted(byKey),
      );
      expect(told.map((event) => event.event_time)).toEqual(
        told
          .map((event) => event.event_time)
          .toSorted()
          .reverse(),
      );
    });
  },
);

/** Observed times are kept to the microsecond. */
function withMicroseconds<T extends { observedTime?: bigint | undefined }>(
  event: T,
): T {
  const { observedTime } = event;
  return { ...event, observedTime: observedTime && observedTime / 1000n };
}
