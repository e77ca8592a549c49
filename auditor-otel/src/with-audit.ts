import { emptyJsonObject } from 'audit-event';
import type { JsonObject } from 'audit-event';
import { cleanJson } from './clean-json';
import { isUnavailable } from './is-unavailable';

/** What begins operations: an `Auditor`, or Backstage's auditor service. */
export interface Audits<Options> {
  createEvent(options: Options): Promise<{
    success(end: { meta: JsonObject }): Promise<unknown>;
    fail(end: { error: Error; meta: JsonObject }): Promise<unknown>;
  }>;
}

/** The event of an operation that runs. */
export interface RunningEvent<Meta extends object = object> {
  /** Adds to the meta of the outcome, whichever it will be. Later values win. Never throws. */
  addMeta(meta: Meta): void;
}

/**
 * Runs a function as one audited operation: `initiated` before it, then `succeeded`, or `failed` with what it threw.
 * Its result, or error, is the caller's.
 *
 * What the audit trail itself does changes neither, unless the auditor is strict for this event, or `delivery.whenFull` is `block` or
 * `reject` and there is no room. Then:
 * - where the beginning of a strict one cannot be recorded, the function never runs, and the `AuditUnavailableError` is the caller's;
 * - where the outcome cannot be recorded, that error is the caller's instead of the result, although the function has run; what the function
 *   threw is its `actionError`.
 *
 * @param auditor an `Auditor`, or `coreServices.auditor` of Backstage
 * @param options as of `createEvent`
 * @example
 * const refund = await withAudit(auditor, { eventId: 'order-cancel', severityLevel: 'medium' }, async (event) => {
 *   const refund = await cancelOrder(17);
 *   event.addMeta({ refund });
 *   return refund;
 * });
 */
export async function withAudit<Options, Result>(
  auditor: Audits<Options>,
  options: Options,
  run: (event: RunningEvent) => Result | Promise<Result>,
): Promise<Result> {
  const operation = await auditor.createEvent(options);
  const meta = emptyJsonObject();
  const event: RunningEvent = {
    addMeta: (more) => void Object.assign(meta, cleanJson(more).meta),
  };
  let result: Result;
  try {
    result = await run(event);
  } catch (error) {
    // What was thrown need not be an Error; auditors take it as it is, Backstage's type does not say so.
    const end = { error: error as Error, meta };
    await recorded(() => operation.fail(end), { error });
    throw error;
  }
  await recorded(() => operation.success({ meta }));
  return result;
}

/** Waits until an outcome is recorded. Only an `AuditUnavailableError` is an error of the caller's. */
async function recorded(
  record: () => Promise<unknown>,
  thrown?: { error: unknown },
): Promise<void> {
  try {
    await record();
  } catch (rejection) {
    if (!isUnavailable(rejection)) return;
    throw thrown
      ? Object.assign(rejection, { actionError: thrown.error })
      : rejection;
  }
}
