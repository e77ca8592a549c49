import { severityLevels, statuses } from 'audit-event';
import type { AuditEvent, EventSource, JsonObject } from 'audit-event';
import { between, oneOf } from '../seeded-random';
import type { Random } from '../seeded-random';

const NS_PER_MS = 1_000_000n;
const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** Late events, which make partitions of other months in the midst of it all. */
const LATE = 0.01;

const PLUGINS = ['catalog', 'scaffolder', 'permission', 'techdocs'];
const TEXTS = ['', 'plain', 'Ünïcödé', '𝒜udit 🧾', `it's "quoted"`, '\t\n\\'];

/** A process that events come from. */
export function sourceOf(sender: number): EventSource {
  return {
    resource: { 'service.name': 'chaos', 'service.instance.id': `${sender}` },
    scopeName: 'otel-audit-chaos',
    scopeVersion: '1',
  };
}

/**
 * An event with a random choice of fields, such as our own emitter could send; no rule of the run excludes it.
 *
 * @param now nanoseconds since 1970: most events are of the hour before
 */
export function makeEvent(
  random: Random,
  id: string,
  now: bigint,
  source: EventSource,
): AuditEvent {
  const maybe = <T>(value: T) => (random() < 0.5 ? value : undefined);
  const age = Math.floor(random() * (random() < LATE ? YEAR_MS : HOUR_MS));
  const time =
    now - BigInt(age) * NS_PER_MS + BigInt(between(random, 0, 999_999));
  const status = oneOf(random, statuses);
  return {
    id,
    operationId: maybe(id),
    time,
    observedTime: maybe((time / 1000n + 1n) * 1000n),
    pluginId: oneOf(random, PLUGINS),
    eventId: oneOf(random, ['entity-mutate', 'task', 'policy-write']),
    severityLevel: oneOf(random, severityLevels),
    severityNumber: between(random, 1, 24),
    status,
    actor: {
      type: 'user',
      id: `user:default/person-${between(random, 1, 500)}`,
      ip: maybe('10.1.2.3'),
      userAgent: maybe('Mozilla/5.0'),
    },
    request: maybe({
      method: oneOf(random, ['GET', 'POST', 'PUT']),
      path: `/api/things/${between(random, 1, 500)}`,
      query: maybe('a=1&b=%20'),
    }),
    actionType: maybe('create'),
    entityRef: maybe(`component:default/service-${between(random, 1, 200)}`),
    error:
      status === 'failed'
        ? { type: 'NotFoundError', message: 'No entity found' }
        : undefined,
    meta: makeMeta(random),
    traceId: maybe('0af7651916cd43dd8448eb211c80319c'),
    spanId: maybe('b7ad6b7169203331'),
    source,
  };
}

function makeMeta(random: Random): JsonObject {
  return {
    text: oneOf(random, TEXTS),
    number: oneOf(random, [0, -1, 0.1, 2 ** 53 - 1, between(random, 0, 1e6)]),
    list: Array.from({ length: between(random, 0, 3) }, random),
    nested: { ok: random() < 0.5, nothing: null },
  };
}
