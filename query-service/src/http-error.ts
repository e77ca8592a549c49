/**
 * What each kind of failure is answered with: the names and numbers of Backstage's error handler, and one more for
 * methods that a path does not have. Anything else is 500.
 */
export const statusOf = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  MethodNotAllowedError: 405,
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

  constructor(name: HttpErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}
