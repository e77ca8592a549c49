/**
 * What each kind of failure is answered with: the names and numbers of Backstage's error handler, and more for what HTTP
 * has a number for. Anything else is 500.
 */
export const statusOf = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  MethodNotAllowedError: 405,
  ConflictError: 409,
  PreconditionFailedError: 412,
  PayloadTooLargeError: 413,
  UnsupportedMediaTypeError: 415,
  PreconditionRequiredError: 428,
  TooManyRequestsError: 429,
  ServiceUnavailableError: 503,
} as const;

export type HttpErrorName = keyof typeof statusOf;

/**
 * A failure that the client is told about. The message is part of the answer: no internals in it.
 *
 * @example
 * throw new HttpError('InputError', 'limit must be a whole number from 1 to 1000, got "0"');
 */
export class HttpError extends Error {
  override readonly name: HttpErrorName;
  /** Seconds after which the client may ask again. */
  readonly retryAfterS: number | undefined;

  constructor(
    name: HttpErrorName,
    message: string,
    options: ErrorOptions & { retryAfterS?: number | undefined } = {},
  ) {
    super(message, options);
    this.name = name;
    this.retryAfterS = options.retryAfterS;
  }
}
