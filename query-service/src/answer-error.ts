import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { PLUGIN_PATH } from './audit-log-plugin';
import { databaseError } from './database-error';
import { HttpError, statusOf } from './http-error';

/** Seconds after which a client may ask again when the database was away. */
const RETRY_AFTER_SECONDS = 5;

/** Headers of an answer that was to be: a failure is another one. Node throws at a trailer of what has no chunks. */
const OF_THE_WHOLE = [
  'Content-Type',
  'Content-Disposition',
  'Trailer',
  'X-Accel-Buffering',
];

/**
 * Answers every failure in the body of Backstage's error handler. An unexpected one is logged whole under an id, and
 * the client is told the id alone.
 */
export function answerErrors(logger: Logger): ErrorRequestHandler {
  // Express knows a handler of errors by its four parameters.
  return function answerError(thrown: unknown, req, res, _next) {
    if (res.headersSent || res.destroyed) {
      // The client must not take what it has for the whole; one that has gone needs no word.
      if (!res.destroyed) logger.warn({ err: thrown }, 'an answer broke off');
      res.destroy();
      return;
    }
    for (const name of OF_THE_WHOLE) res.removeHeader(name);
    const error = toldError(thrown);
    const statusCode = error ? statusOf[error.name] : 500;
    if (statusCode === 503)
      logger.warn({ err: thrown }, 'cannot answer a query');
    const retryAfterS =
      error?.retryAfterS ?? (statusCode === 503 && RETRY_AFTER_SECONDS);
    if (retryAfterS !== false) res.set('Retry-After', String(retryAfterS));
    // What is left of the body is nobody's business.
    if (statusCode === 413) res.set('Connection', 'close');
    res.status(statusCode).json({
      error: error
        ? { name: error.name, message: error.message }
        : internalError(thrown, logger),
      request: { method: req.method, url: urlInPlugin(req) },
      response: { statusCode },
    });
  };
}

/** What the client is told of, undefined for a fault of ours. */
function toldError(thrown: unknown): HttpError | undefined {
  if (thrown instanceof HttpError) return thrown;
  // The router decodes the path.
  if (thrown instanceof URIError)
    return new HttpError(
      'InputError',
      'The path must be percent-encoded text in UTF-8',
      { cause: thrown },
    );
  return databaseError(thrown);
}

function internalError(thrown: unknown, logger: Logger) {
  const logId = randomBytes(10).toString('hex');
  logger.error({ err: thrown, logId }, 'an internal error occurred');
  return {
    name: 'Error',
    message: `An internal error occurred logId=${logId}`,
  };
}

/** Backstage mounts a plugin below its path, and shows the rest. */
function urlInPlugin({ originalUrl }: Request): string {
  return originalUrl.startsWith(`${PLUGIN_PATH}/`)
    ? originalUrl.slice(PLUGIN_PATH.length)
    : originalUrl;
}
