import { severityNumberPresets, uuidv7 } from 'audit-event';
import type { AuditEvent, EventSource } from 'audit-event';
import { seededRandom } from '../seeded-random';
import { KINDS } from './kinds';
import type { Kind } from './kinds';

export const ACTORS = 5_000;
export const ENTITIES = 2_000;
/** Processes that emit, each with a stream. */
const PROCESSES = 4;
const HOUR_MS = 3_600_000;
const ENTITY_KINDS = [
  'component',
  'api',
  'system',
  'user',
  'group',
  'template',
];
const BROWSERS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0',
  'curl/8.5.0',
];

export interface PortalOptions {
  count: number;
  /** Milliseconds since 1970 of the first and last event. */
  fromMs: number;
  toMs: number;
  /** Others with another one. */
  seed?: number | undefined;
}

/** The ref of an entity by its number. */
export function entityRef(n: number): string {
  return `${ENTITY_KINDS[n % ENTITY_KINDS.length]}:default/service-${n}`;
}

/** The id of a person by number. */
export function personId(n: number): string {
  return `user:default/person-${n}`;
}

/**
 * Events of a portal in the order of their times: forty kinds, 5,000 people and some machines, 2,000 entities, of each a
 * few that make most of it; busy days and quiet nights; one operation in twenty fails, a few never end.
 */
export function* portalEvents({
  count,
  fromMs,
  toMs,
  seed = 11,
}: PortalOptions): Generator<AuditEvent> {
  const random = seededRandom(seed);
  const skewed = (n: number) => Math.floor(n * random() ** 3);
  const processes = Array.from({ length: PROCESSES }, (_, i) => ({
    streamId: uuidv7(fromMs),
    sequence: 0,
    source: sourceOf(i),
  }));
  const stepMs = (toMs - fromMs) / count;
  let timeMs = fromMs;

  for (let made = 0; made < count;) {
    // Twice as much at noon as the average, next to nothing at midnight; over a day it comes to the average.
    const hour = (timeMs / HOUR_MS) % 24;
    const pace = 1 - 0.95 * Math.cos((2 * Math.PI * hour) / 24);
    const kind = KINDS[skewed(KINDS.length)]!;
    const process = processes[Math.floor(random() * PROCESSES)]!;
    const common = commonFields(kind, random, skewed, timeMs);
    const isAbandoned = kind.isAnnounced && random() < 0.002;
    const statuses: AuditEvent['status'][] = [
      ...(kind.isAnnounced ? (['initiated'] as const) : []),
      ...(isAbandoned
        ? []
        : ([random() < 0.05 ? 'failed' : 'succeeded'] as const)),
    ];
    for (const status of statuses) {
      if (made++ >= count) return;
      timeMs = Math.min(toMs, timeMs + (stepMs * 2 * random()) / pace);
      yield {
        ...common,
        id: uuidv7(Math.floor(timeMs)),
        time: BigInt(Math.floor(timeMs * 1_000)) * 1_000n,
        status,
        error:
          status === 'failed'
            ? {
                type: 'NotFoundError',
                message: `${common.entityRef} is not there`,
              }
            : undefined,
        streamId: process.streamId,
        sequence: process.sequence++,
        source: process.source,
      };
    }
  }
}

function commonFields(
  kind: Kind,
  random: () => number,
  skewed: (n: number) => number,
  timeMs: number,
) {
  const { pluginId, eventId, severityLevel, method, path, actionType } = kind;
  const isMachine = random() < 0.2;
  const entity = entityRef(skewed(ENTITIES));
  const operationId = uuidv7(Math.floor(timeMs));
  const digits = operationId.replaceAll('-', '');
  return {
    operationId,
    pluginId,
    eventId,
    severityLevel,
    severityNumber: severityNumberPresets.default[severityLevel],
    actor: isMachine
      ? {
          type: 'service' as const,
          id: `plugin:${KINDS[skewed(KINDS.length)]!.pluginId}`,
        }
      : {
          type: 'user' as const,
          id: personId(skewed(ACTORS)),
          ip: `10.${skewed(4)}.${skewed(200)}.${skewed(250)}`,
          userAgent: BROWSERS[skewed(BROWSERS.length)]!,
        },
    request: { method, path, host: 'portal.example.com' },
    actionType,
    queryType:
      method === 'GET' ? (random() < 0.7 ? 'by-query' : 'all') : undefined,
    entityRef: random() < 0.9 ? entity : undefined,
    meta: {
      totalItems: skewed(500),
      owner: `group:default/team-${skewed(120)}`,
      environment: random() < 0.8 ? 'production' : 'staging',
      request: { page: skewed(40), correlation: digits.slice(0, 12) },
    },
    traceId: digits,
    spanId: digits.slice(16),
  };
}

function sourceOf(i: number): EventSource {
  return {
    resource: {
      'service.name': i === 0 ? 'portal-worker' : 'portal',
      'service.instance.id': `portal-${i}`,
      'host.name': `node-${i}`,
    },
    scopeName: 'auditor-otel',
    scopeVersion: '0.1.0',
  };
}
