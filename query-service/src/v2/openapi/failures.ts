import { statusOf } from '../../http-error';
import type { HttpErrorName } from '../../http-error';
import type { Answer, Operation } from './operation';
import { ref, text } from './schemas/json-schema';

/** When each failure is answered. */
const MEANINGS: Readonly<Record<HttpErrorName, string>> = {
  InputError: 'What came is wrong; the message says what was expected',
  AuthenticationError: 'No token and no session, or one that is not good',
  NotAllowedError:
    'The permission is missing, or a change by session comes from another site',
  NotFoundError: 'There is none',
  MethodNotAllowedError: 'The path has other methods, which Allow names',
  ConflictError: 'What is there already, or how it is now, forbids it',
  PreconditionFailedError: 'If-Match has the ETag of another version',
  PayloadTooLargeError: 'The body is too long',
  UnsupportedMediaTypeError:
    'The body has another media type, or is compressed',
  PreconditionRequiredError: 'If-Match is missing',
  TooManyRequestsError:
    'Too many wrong tokens came from the address, or too much of this is under way for the token',
  ServiceUnavailableError:
    'The database is away, or it takes too long, or too much of this is under way in all',
};

/** Which may be answered with a time to come again. */
const RETRIED: readonly HttpErrorName[] = [
  'TooManyRequestsError',
  'ServiceUnavailableError',
];

/** The answers of an operation when something is wrong, by status. */
export function failuresOf(operation: Operation): Record<number, Answer> {
  const { failsAs = 'application/json' } = operation;
  const error = { 'application/json': ref('Error') };
  const page = { [failsAs]: text };
  const names = namesOf(operation);
  return Object.fromEntries([
    ...names.map((name) => [
      statusOf[name],
      {
        description: `${name}: ${MEANINGS[name]}`,
        // A path that is not there is nobody's page.
        content: failsAs in error || name === 'NotFoundError' ? error : page,
        ...(RETRIED.includes(name) && {
          headers: { 'Retry-After': 'Seconds after which to come again' },
        }),
      },
    ]),
    ...(names.length > 0
      ? [
          [
            500,
            {
              description:
                'Error: a fault of the service, in its log under the logId of the message',
              content: error,
            },
          ],
        ]
      : []),
  ]);
}

function namesOf(operation: Operation): HttpErrorName[] {
  const { needs, id, query, headers, body, method, failures } = operation;
  const names: HttpErrorName[] = [...(failures ?? [])];
  if (id || query || body) names.push('InputError');
  if (id) names.push('NotFoundError');
  if (needs !== 'anyone')
    names.push(
      'AuthenticationError',
      'TooManyRequestsError',
      'ServiceUnavailableError',
    );
  if (needs !== 'anyone' && (needs !== 'whoever' || method))
    names.push('NotAllowedError');
  if (headers && 'If-Match' in headers)
    names.push('PreconditionFailedError', 'PreconditionRequiredError');
  if (body) names.push('PayloadTooLargeError', 'UnsupportedMediaTypeError');
  return names;
}
