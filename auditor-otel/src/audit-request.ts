import type { Actor, SeverityLevel } from 'audit-event';
import { attempt } from './attempt';
import type {
  AuditedOperation,
  Auditor,
  CreateEventOptions,
} from './create-auditor';
import { fromRequest } from './express-request';
import type { ActorOf, ExpressRequest } from './express-request';
import { isDenied } from './is-denied';

/** What is used of a response. */
export interface ExpressResponse {
  statusCode: number;
  once(event: 'finish' | 'close', listener: () => void): unknown;
}

/** What `auditRequest` records of each request. */
export interface AuditRequestOptions<R extends ExpressRequest> {
  eventId: string;
  severityLevel?: SeverityLevel | undefined;
  /** Asked when the request comes and again when its response was sent, because authentication may run in between. */
  actor?: ActorOf<R> | undefined;
  /** Meta for the records of this request. Asked twice, as `actor` is: routes and body parsers fill the request. */
  meta?: ((request: R) => object | undefined) | undefined;
}

/** What went wrong with a request, until its response is sent. */
const errors = new WeakMap<object, unknown>();

/**
 * Express middleware that audits a request: `initiated` when it comes, `succeeded` when the response is sent with a status
 * below 400, else `failed`, denied when that is 401 or 403. A request whose connection is closed before its response was sent has
 * failed with an `AbortError`.
 *
 * A request is not broken by it, and goes on as soon as `createEvent` has resolved. Only where a strict auditor cannot record the
 * beginning, it goes to the error handlers instead. The outcome is recorded when the response has gone out, so nobody can
 * be told then: what must not be answered before its outcome is recorded needs `withAudit`.
 *
 * In Express 4 an async handler that rejects never answers: hand its error to `next`.
 *
 * @example
 * app.delete('/orders/:id', auditRequest(auditor, { eventId: 'order-cancel', severityLevel: 'medium' }), cancelOrder);
 */
export function auditRequest<R extends ExpressRequest>(
  auditor: Pick<Auditor, 'createEvent'>,
  options: AuditRequestOptions<R>,
) {
  return function auditRequestMiddleware(
    request: R,
    response: ExpressResponse,
    next: (error?: unknown) => void,
  ): void {
    const begun = begin(auditor, options, request);
    let hasEnded = false;
    const end = (report: (event: AuditedOperation) => Promise<unknown>) => {
      if (hasEnded) return;
      hasEnded = true;
      // A beginning that was not recorded is told below, and an outcome to nobody: the response has gone.
      void begun.then(report).catch(() => undefined);
    };
    response.once('finish', () =>
      end((event) => finish(event, response.statusCode, options, request)),
    );
    response.once('close', () =>
      end((event) => abort(event, options, request)),
    );
    void begun.then(() => next(), next);
  };
}

/**
 * Error-handling middleware that has `auditRequest` record what a handler threw, instead of the status alone. It handles
 * nothing: the error goes on to the next error handler. To be used after the routes.
 *
 * @example
 * app.use(auditRequestError);
 */
export function auditRequestError(
  error: unknown,
  request: ExpressRequest,
  _response: unknown,
  next: (error: unknown) => void,
): void {
  errors.set(request, error);
  next(error);
}

async function begin<R extends ExpressRequest>(
  auditor: Pick<Auditor, 'createEvent'>,
  options: AuditRequestOptions<R>,
  request: R,
): Promise<AuditedOperation> {
  const { eventId, severityLevel } = options;
  const whoAndWhat: Pick<CreateEventOptions, 'actor' | 'request'> =
    attempt(() => fromRequest(request, options.actor)) ??
    attempt(() => fromRequest(request)) ??
    {};
  const meta = metaOf(options, request);
  return auditor.createEvent({ eventId, severityLevel, meta, ...whoAndWhat });
}

function finish<R extends ExpressRequest>(
  event: AuditedOperation,
  statusCode: number,
  options: AuditRequestOptions<R>,
  request: R,
): Promise<unknown> {
  const { actor, meta: told } = known(options, request);
  const meta = { ...told, statusCode };
  if (statusCode < 400) return event.success({ meta, actor });
  const error = errors.get(request) ?? {
    name: 'HttpError',
    message: `status ${statusCode}`,
  };
  return event.fail({ error, meta, actor, denied: denied(statusCode) });
}

/** The answer is what counts: an error of 403 from elsewhere that is answered with 502 is no refusal. */
function denied(statusCode: number): boolean | undefined {
  if (isDenied({ statusCode })) return true;
  return statusCode >= 500 ? false : undefined;
}

function abort<R extends ExpressRequest>(
  event: AuditedOperation,
  options: AuditRequestOptions<R>,
  request: R,
): Promise<unknown> {
  const message = 'the connection was closed before the response was sent';
  const error = { name: 'AbortError', message };
  return event.fail({ error, ...known(options, request) });
}

function known<R extends ExpressRequest>(
  options: AuditRequestOptions<R>,
  request: R,
): { actor: Partial<Actor> | undefined; meta: object | undefined } {
  return {
    actor: attempt(() => options.actor?.(request)),
    meta: metaOf(options, request),
  };
}

function metaOf<R extends ExpressRequest>(
  options: AuditRequestOptions<R>,
  request: R,
): object | undefined {
  return attempt(() => ({ ...options.meta?.(request) }));
}
