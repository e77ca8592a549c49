import { uuidv7 } from 'audit-event';
import type { AuditEvent, EventSource } from 'audit-event';
import { seededRandom } from './seeded-random';

const ACTORS = 5_000;
const ENTITIES = 2_000;

const KINDS = [
  ['catalog', 'entity-fetch', 'low', 'GET', '/api/catalog/entities/by-query'],
  ['catalog', 'entity-facets', 'low', 'GET', '/api/catalog/entity-facets'],
  ['catalog', 'location-fetch', 'low', 'GET', '/api/catalog/locations'],
  ['catalog', 'entity-mutate', 'medium', 'POST', '/api/catalog/refresh'],
  ['catalog', 'location-mutate', 'medium', 'POST', '/api/catalog/locations'],
  ['scaffolder', 'task', 'medium', 'POST', '/api/scaffolder/v2/tasks'],
  ['permission', 'policy-write', 'high', 'PUT', '/api/permission/policies'],
  ['permission', 'role-write', 'critical', 'POST', '/api/permission/roles'],
] as const;

const SEVERITY_NUMBER = { low: 9, medium: 10, high: 13, critical: 14 };

/** The process that all synthetic events come from. */
export const syntheticSource: EventSource = {
  resource: { 'service.name': 'backstage', 'host.name': 'bench' },
  scopeName: 'auditor-otel',
  scopeVersion: '0.1.0',
};

/**
 * Events of a busy portal, about 600 bytes each as a row: a few actors, things and kinds make most of them.
 *
 * @param count how many
 * @param time nanoseconds since 1970 of the first; the others follow one microsecond apart
 */
export function syntheticEvents(count: number, time: bigint): AuditEvent[] {
  const random = seededRandom(7);
  const skewed = (n: number) => Math.floor(n * random() ** 3);
  const operationId = uuidv7();
  return Array.from({ length: count }, (_, i): AuditEvent => {
    const kind = KINDS[skewed(KINDS.length)]!;
    const [pluginId, eventId, severityLevel, method, path] = kind;
    const failed = random() < 0.05;
    return {
      id: uuidv7(),
      operationId,
      time: time + BigInt(i) * 1000n,
      pluginId,
      eventId,
      severityLevel,
      severityNumber: SEVERITY_NUMBER[severityLevel],
      status: failed ? 'failed' : 'succeeded',
      actor: {
        type: 'user',
        id: `user:default/person-${skewed(ACTORS)}`,
        ip: '10.1.2.3',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
      },
      request: { method, path, host: 'portal.example.com' },
      queryType: 'by-query',
      entityRef: `component:default/service-${skewed(ENTITIES)}`,
      error: failed
        ? { type: 'NotFoundError', message: 'No entity found' }
        : undefined,
      meta: { totalItems: skewed(500), pageInfo: { nextCursor: null } },
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      streamId: operationId,
      sequence: i,
      source: syntheticSource,
    };
  });
}
