import { emptyJsonObject, uuidv7 } from 'audit-event';
import type { Actor, JsonObject, Status } from 'audit-event';
import type { ReadActiveTrace } from './active-trace';
import { cleanActor } from './clean-actor';
import { cleanError } from './clean-error';
import type { CleanJson } from './clean-json';
import { cleanMeta } from './clean-meta';
import { cleanRequest } from './clean-request';
import type { RequestInput } from './clean-request';
import { demandOf } from './delivery-level';
import type { Demand } from './delivery-level';
import type { Emitter } from './emitter';
import { failureAttributes } from './failure-attributes';
import { laterActor } from './later-actor';
import { makeEvent } from './make-event';
import type { EventDraft } from './make-event';
import type { Receipt } from './receipts';
import type { Settings } from './settings';
import { tell } from './tell';

/** What operations need of the auditor that they belong to. */
export interface OperationDeps {
  emitter: Pick<Emitter, 'emit'>;
  settings: Pick<
    Settings,
    'delivery' | 'initiated' | 'isSecret' | 'redactMeta' | 'stackTraces'
  >;
  /** Nanoseconds since 1970. */
  now: () => bigint;
  activeTrace: ReadActiveTrace;
  /** Sees each record, also an `initiated` that is not sent. */
  onEvent?: ((event: EventDraft) => void) | undefined;
}

/** What is known when an operation begins. */
export interface OperationStart {
  /** Nanoseconds since 1970. */
  time: bigint;
  pluginId: string;
  eventId: string;
  severityLevel?: string | undefined;
  actor?: Partial<Actor> | undefined;
  request?: RequestInput | undefined;
  meta: CleanJson;
  /** OTLP attributes of every record of the operation. */
  attributes?: JsonObject | undefined;
  demand?: Demand | undefined;
}

/** What becomes known of an operation only at its end, beside meta and error. */
export interface KnownAtEnd extends Demand {
  actor?: Partial<Actor> | undefined;
  /** Whether it was refused; undefined to go by the error. */
  denied?: boolean | undefined;
}

/** One operation: a record when it begins, one for each outcome that is reported. No method throws. */
export interface Operation {
  /**
   * Records that it began. Resolves with what it is given: at once, or, when the operation is strict, when its intent is recorded.
   *
   * @throws AuditUnavailableError when that cannot be; unhandled, it does not end the process
   */
  initiated<T>(result: T): Promise<T>;
  succeeded(meta?: unknown, known?: KnownAtEnd): Promise<Receipt>;
  failed(error: unknown, meta?: unknown, known?: KnownAtEnd): Promise<Receipt>;
}

/**
 * Begins an operation. Actor and request are read once; the outcome's meta is merged over the meta that is known now.
 */
export function beginOperation(
  deps: OperationDeps,
  start: OperationStart,
): Operation {
  const operationId = uuidv7();
  const actor = cleanActor(start.actor);
  const request = cleanRequest(start.request, deps.settings.isSecret);
  const traceAtStart = deps.activeTrace();

  function record(
    status: Status,
    time: bigint,
    meta: CleanJson,
    known?: KnownAtEnd,
    error?: { thrown: unknown },
  ): EventDraft {
    const event = makeEvent({
      id: uuidv7(),
      operationId,
      time,
      pluginId: start.pluginId,
      eventId: start.eventId,
      severity: start.severityLevel,
      status,
      actor: known?.actor ? laterActor(start.actor, known.actor) : actor,
      request,
      meta,
      error: error && cleanError(error.thrown, deps.settings.stackTraces),
      trace: deps.activeTrace() ?? traceAtStart,
      attributes: error
        ? failureAttributes(start.attributes, error.thrown, known?.denied)
        : start.attributes,
    });
    tell(deps.onEvent, event);
    return event;
  }

  const emit = (event: EventDraft, demand?: Demand) => {
    const level = demand?.level ?? start.demand?.level;
    const strict = demand?.strict ?? start.demand?.strict;
    return deps.emitter.emit(event, { level, strict }).receipt;
  };

  return {
    initiated(result) {
      const event = record('initiated', start.time, start.meta);
      const { delivery, initiated } = deps.settings;
      const { severityLevel } = event;
      const { strict } = demandOf(delivery, severityLevel, start.demand);
      if (!strict) {
        if (initiated.has(severityLevel)) void emit(event);
        return Promise.resolve(result);
      }
      const recorded = emit(event).then(() => result);
      recorded.catch(() => undefined);
      return recorded;
    },
    succeeded: (meta, known) =>
      emit(record('succeeded', deps.now(), merge(meta), known), known),
    failed(error, meta, known) {
      const thrown = { thrown: error };
      return emit(
        record('failed', deps.now(), merge(meta), known, thrown),
        known,
      );
    },
  };

  function merge(meta: unknown): CleanJson {
    const atEnd = cleanMeta(meta, deps.settings);
    return {
      meta: Object.assign(emptyJsonObject(), start.meta.meta, atEnd.meta),
      truncated: start.meta.truncated || atEnd.truncated,
    };
  }
}
