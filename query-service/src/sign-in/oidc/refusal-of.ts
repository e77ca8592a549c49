import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { HttpError } from '../../http-error';

/** As providers name what went wrong (https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1). */
const ERROR_CODE = /^[a-z_]{1,60}$/;

/**
 * What the library says of an answer that was forged, mixed up or came too late. All else is about this service or the
 * provider, and may heal.
 */
const OF_THE_ANSWER = [
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_UNSUPPORTED_OPERATION',
];
/** The same in the words of a token endpoint. */
const OF_THE_CODE = ['invalid_grant', 'access_denied'];

/** What a client is told when a provider's answer was no sign-in. The cause is for the log of the service. */
export function refusalOf(cause: unknown, providerName: string): HttpError {
  if (cause instanceof HttpError) return cause;
  if (cause instanceof AuthorizationResponseError) {
    const code = ERROR_CODE.test(cause.error) ? cause.error : 'an error';
    // Without the cause: what else it says came through the browser, and anybody may have written it.
    return new HttpError(
      'NotAllowedError',
      `${providerName} did not sign anybody in: it answered ${code}`,
    );
  }
  const { code } = cause as { code?: string };
  const isOfAnswer =
    cause instanceof ResponseBodyError
      ? OF_THE_CODE.includes(cause.error)
      : OF_THE_ANSWER.includes(code ?? '');
  if (isOfAnswer)
    return new HttpError(
      'AuthenticationError',
      `The answer of ${providerName} does not belong to this sign-in or is too old, sign in again`,
      { cause },
    );
  return new HttpError(
    'ServiceUnavailableError',
    `${providerName} cannot be reached or does not answer as it should, try again later or sign in with a token`,
    { cause },
  );
}
