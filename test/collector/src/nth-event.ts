import type { RecordOptions } from 'auditor-otel';

/** 2026-11-01T00:00:00Z, in nanoseconds. */
const FIRST = 1_793_491_200_000_000_000n;
const MILLISECOND = 1_000_000n;

/** The n-th event that an emitter of the tests makes, with something in every field: the same one whenever it is asked for. */
export function nthEvent(n: number) {
  return {
    eventId: `collector-${n % 7}`,
    severityLevel: (['low', 'medium', 'high', 'critical'] as const)[n % 4]!,
    status: n % 5 === 0 ? 'failed' : 'succeeded',
    time: FIRST + BigInt(n) * MILLISECOND + 7n,
    actor: {
      type: 'user',
      id: `user:default/jane-${n % 10}`,
      ip: '192.0.2.17',
      userAgent: 'Mozilla/5.0 (X11; Linux) „Grüße“',
    },
    request: { method: 'POST', url: `/orders/${n}?page=2` },
    error:
      n % 5 === 0
        ? { name: 'RangeError', message: `there is no order ${n}` }
        : undefined,
    trace: {
      traceId: n.toString(16).padStart(32, 'a'),
      spanId: n.toString(16).padStart(16, 'b'),
    },
    meta: {
      n,
      actionType: 'cancel',
      queryType: 'by-id',
      entityRef: `order:${n}`,
      nested: { list: [1, 2.5, null, true, { deep: 'ünïcödé 🙂' }] },
    },
  } satisfies RecordOptions;
}
