import { uuidv7 } from 'audit-event';
import type { Actor, SeverityLevel, Status } from 'audit-event';
import { activeTrace, validTrace } from './active-trace';
import type { ReadActiveTrace, TraceInput } from './active-trace';
import { cleanActor } from './clean-actor';
import { cleanError } from './clean-error';
import { cleanField } from './clean-field';
import { cleanMeta } from './clean-meta';
import { cleanRequest } from './clean-request';
import type { RequestInput } from './clean-request';
import type { Refused } from './deliver';
import { writeToStderr } from './diagnostics';
import type { WriteDiagnostic } from './diagnostics';
import type { Demand } from './delivery-level';
import type { Emitted } from './emitter';
import { failureAttributes } from './failure-attributes';
import { FLUSH_TIMEOUT_MS } from './limits';
import { makeEvent } from './make-event';
import type { EventDraft } from './make-event';
import type { Health } from './health';
import { beginOperation } from './operation';
import { startPipeline } from './pipeline';
import type { Stats } from './pipeline';
import type { Receipt } from './receipts';
import type { FlushResult } from './sender';
import { readSettings } from './settings';
import type { SettingsInput } from './settings';
import { tell } from './tell';

/** The settings of an auditor in plain Node. */
export interface AuditorOptions extends SettingsInput {
  /** The part of the application that audits; each event may name another. Default: `serviceName`. */
  pluginId?: string | undefined;
  /** Sees each record as it is made, also an `initiated` that is not sent: for a console line of one's own. */
  onEvent?: ((event: EventDraft) => void) | undefined;
  /** Told of each record that the receiver will not take. It is also counted in `stats()` and said on stderr. */
  onRefused?: ((refused: Refused) => void) | undefined;
  /** Where lines about the audit trail itself go. Default: stderr. */
  onDiagnostic?: WriteDiagnostic | undefined;
  /** Tells the active span. Default: read from where OpenTelemetry registers itself. */
  activeTrace?: ReadActiveTrace | undefined;
}

/** What is known when an operation begins. */
export interface CreateEventOptions extends Demand {
  /** In kebab-case, such as `order-cancel`. */
  eventId: string;
  /** Default: low. */
  severityLevel?: SeverityLevel | undefined;
  /** Default: anonymous. */
  actor?: Partial<Actor> | undefined;
  request?: RequestInput | undefined;
  /** Anything: what JSON cannot say is brought into its form. `actionType`, `queryType` and `entityRef` are found by readers. */
  meta?: object | undefined;
  pluginId?: string | undefined;
}

/**
 * An operation that was begun: say how it ended. The promises resolve when the record is where its level says, by default on the
 * disk. They reject only for a strict record, and where `delivery.whenFull` is `block` or `reject` and there is no room.
 * Neither needs to be awaited.
 */
export interface AuditedOperation {
  success(options?: SuccessOptions): Promise<Receipt>;
  fail(options: FailOptions): Promise<Receipt>;
}

/** What is known when an operation has worked. */
export interface SuccessOptions extends Demand {
  /** Merged over the meta that the operation began with. */
  meta?: object | undefined;
  /** Who acted, where that became known only since the operation began. */
  actor?: Partial<Actor> | undefined;
}

/** What is known when an operation has failed. */
export interface FailOptions extends SuccessOptions {
  /** An Error or a message. */
  error: unknown;
  /**
   * Whether the operation was refused, rather than went wrong. Default: what the error says, by a `name` such as
   * `NotAllowedError` or `AuthenticationError`, or a `statusCode` or `status` of 401 or 403.
   */
  denied?: boolean | undefined;
}

/** An event that already happened. */
export interface RecordOptions extends CreateEventOptions {
  status: Status;
  /** Default: now. A text is in ISO 8601, a bigint in nanoseconds since 1970. */
  time?: Date | string | bigint | undefined;
  /** A UUID. The same id given twice is stored once, so an import can be repeated. Default: a new one. */
  id?: string | undefined;
  /** A UUID: ties records of one operation together. Default: a new one. */
  operationId?: string | undefined;
  error?: unknown;
  /** Of a failed one, as in `FailOptions`. */
  denied?: boolean | undefined;
  trace?: TraceInput | undefined;
}

/** Audits for an application. */
export interface Auditor {
  /**
   * Begins an operation. Waits for nothing and never rejects, unless the operation is strict: then its intent is recorded first.
   *
   * @throws AuditUnavailableError when that of a strict operation cannot be recorded
   */
  createEvent(options: CreateEventOptions): Promise<AuditedOperation>;
  /** Records an event that already happened, such as one of an older log. Never throws. */
  record(options: RecordOptions): Emitted;
  /** Sends what waits. Default of `timeoutMs`: 30 s. */
  flush(options?: { timeoutMs?: number | undefined }): Promise<FlushResult>;
  /** Sends what waits, then stops. Default of `timeoutMs`: `shutdownTimeoutMs`. */
  close(options?: { timeoutMs?: number | undefined }): Promise<FlushResult>;
  stats(): Stats;
  health(): Health;
}

/**
 * An auditor for plain Node: operations go as OpenTelemetry log records to a receiver or Collector.
 *
 * @throws an Error that names the setting, what was expected and what came
 * @example
 * const auditor = createAuditor({ endpoint: 'http://127.0.0.1:4318', serviceName: 'shop' });
 * const event = await auditor.createEvent({
 *   eventId: 'order-cancel',
 *   severityLevel: 'medium',
 *   actor: { type: 'user', id: 'user:default/john' },
 *   meta: { actionType: 'cancel', entityRef: 'order:17' },
 * });
 * await event.success();
 * await auditor.close();
 */
export function createAuditor(options: AuditorOptions = {}): Auditor {
  return createAuditorOn(startPipeline, options);
}

/** As `createAuditor`, on another pipeline than the one that sends. */
export function createAuditorOn(
  start: typeof startPipeline,
  options: AuditorOptions,
): Auditor {
  const { pluginId, onEvent, onRefused, onDiagnostic, ...input } = options;
  const { activeTrace: givenTrace = activeTrace, ...settingsInput } = input;
  const readTrace = withoutThrowing(givenTrace);
  const settings = readSettings(
    settingsInput,
    'createAuditor option ',
    'unknown_service:node',
  );
  const pipeline = start(settings, {
    writeDiagnostic: onDiagnostic ?? writeToStderr,
    onRefused,
  });
  const deps = {
    emitter: pipeline.emitter,
    settings,
    now: pipeline.now,
    activeTrace: readTrace,
    onEvent,
  };
  const defaultPluginId = pluginId ?? settings.serviceName;

  function createEvent(begun: CreateEventOptions): Promise<AuditedOperation> {
    const { level, strict } = begun;
    const operation = beginOperation(deps, {
      ...begun,
      time: pipeline.now(),
      pluginId: begun.pluginId ?? defaultPluginId,
      meta: cleanMeta(begun.meta, settings),
      demand: { level, strict },
    });
    const event: AuditedOperation = {
      success: (end) => operation.succeeded(end?.meta, end),
      // Called without an argument from plain JavaScript, it must not reject either.
      fail: (end?: FailOptions) => operation.failed(end?.error, end?.meta, end),
    };
    return operation.initiated(event);
  }

  function record(past: RecordOptions): Emitted {
    const now = pipeline.now();
    const event = makeEvent({
      ...past,
      id: idOf(past.id),
      operationId: idOf(past.operationId),
      time: nanoseconds(past.time) ?? now,
      observedTime: past.time === undefined ? undefined : now,
      pluginId: past.pluginId ?? defaultPluginId,
      severity: past.severityLevel,
      actor: cleanActor(past.actor),
      request: cleanRequest(past.request, settings.isSecret),
      meta: cleanMeta(past.meta, settings),
      error:
        past.error === undefined
          ? undefined
          : cleanError(past.error, settings.stackTraces),
      attributes:
        past.status === 'failed'
          ? failureAttributes(undefined, past.error, past.denied)
          : undefined,
      trace: past.trace ? validTrace(past.trace) : readTrace(),
    });
    tell(onEvent, event);
    const { level, strict } = past;
    return pipeline.emitter.emit(event, { level, strict });
  }

  return {
    createEvent,
    record,
    flush: ({ timeoutMs = FLUSH_TIMEOUT_MS } = {}) => pipeline.flush(timeoutMs),
    close: ({ timeoutMs = settings.shutdownTimeoutMs } = {}) =>
      pipeline.close(timeoutMs),
    stats: pipeline.stats,
    health: pipeline.health,
  };
}

/** The id as it was given; plain JavaScript may give a number, and that has to be the same record each time too. */
function idOf(id: unknown): string {
  const text = typeof id === 'number' || typeof id === 'bigint' ? `${id}` : id;
  return cleanField(text) ?? uuidv7();
}

/** A reader of the application's own must not break what it audits. */
function withoutThrowing(read: ReadActiveTrace): ReadActiveTrace {
  return () => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
}

function nanoseconds(
  time: Date | string | bigint | undefined,
): bigint | undefined {
  if (typeof time === 'bigint' || time === undefined) return time;
  const ms = new Date(time).getTime();
  return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n;
}
