import { openTelemetryRegistry } from './opentelemetry-registry';

/** The span in which something happens. */
export interface ActiveTrace {
  /** 32 hexadecimal digits in lower case. */
  traceId: string;
  /** 16 hexadecimal digits in lower case. */
  spanId: string;
  /** Trace flags: the low bit says whether the trace is sampled. */
  traceFlags: number;
}

/** A span as a caller knows it. */
export type TraceInput = {
  [Part in keyof ActiveTrace]?: ActiveTrace[Part] | undefined;
};

/** Tells the span of the caller; undefined where there is none. */
export type ReadActiveTrace = () => ActiveTrace | undefined;

// The name is fixed for all 1.x versions of @opentelemetry/api: src/trace/context-utils.ts there.
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');

interface Registry {
  context?: { active(): { getValue(key: symbol): unknown } };
}

interface Span {
  spanContext(): { traceId: string; spanId: string; traceFlags?: number };
}

/**
 * The span in the active OpenTelemetry context, read from where every 1.x copy of `@opentelemetry/api` registers itself:
 * no dependency, and it does not matter which copy the application runs. Never throws.
 *
 * @example
 * activeTrace()?.traceId; // '4bf92f3577b34da6a3ce929d0e0e4736'
 */
export function activeTrace(): ActiveTrace | undefined {
  try {
    const registry = openTelemetryRegistry() as Registry | undefined;
    const context = registry?.context?.active();
    const span = context?.getValue(SPAN) as Span | undefined;
    return span && validTrace(span.spanContext());
  } catch {
    return undefined;
  }
}

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;

/** The trace where its ids are what W3C Trace Context asks for, else undefined. */
export function validTrace(
  trace: TraceInput | undefined,
): ActiveTrace | undefined {
  if (trace === undefined) return undefined;
  const traceId = String(trace.traceId).toLowerCase();
  const spanId = String(trace.spanId).toLowerCase();
  if (!TRACE_ID.test(traceId) || !SPAN_ID.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: (trace.traceFlags ?? 0) & 0xff };
}
