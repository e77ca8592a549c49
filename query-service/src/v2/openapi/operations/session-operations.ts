import { CALLBACK_PATH, OIDC_PATH } from '../../../sign-in/oidc/oidc-path';
import {
  SESSION_PATH,
  sessionBodySchema,
} from '../../../sign-in/session-route';
import { signInFiles } from '../../../sign-in/sign-in-page';
import { json } from '../operation';
import type { Operation } from '../operation';
import { object, ref, text } from '../schemas/json-schema';

/** For who does not follow. */
const redirection = { 'text/html': text, 'text/plain': text };
const cookie = { 'Set-Cookie': 'The session, or its end' };
/** Only where an identity provider is configured; else the paths are not there. */
const ofProvider = {
  needs: 'anyone',
  failsAs: 'text/html',
  description: 'There only where an identity provider is configured.',
} as const;

/** How people sign in. */
export const sessionOperations: readonly Operation[] = [
  {
    path: SESSION_PATH,
    operationId: 'showSession',
    summary: 'As whom one is signed in, and what one may do',
    needs: 'whoever',
    answers: { 200: json('Who asks', ref('Session')) },
  },
  {
    path: SESSION_PATH,
    method: 'post',
    operationId: 'signIn',
    summary: 'Begins a session with a token',
    needs: 'anyone',
    body: { 'application/json': sessionBodySchema },
    answers: {
      201: json('Who signed in, and until when', ref('SessionBegun'), cookie),
    },
    failures: [
      'AuthenticationError',
      'TooManyRequestsError',
      'ServiceUnavailableError',
    ],
  },
  {
    path: SESSION_PATH,
    method: 'delete',
    operationId: 'signOut',
    summary: 'Ends a session',
    needs: 'whoever',
    answers: {
      200: json(
        'Where the identity provider signs out as well',
        object({ sign_out_url: text }),
        cookie,
      ),
      204: { description: 'The session has ended', headers: cookie },
    },
    failures: ['InputError'],
  },
  {
    path: OIDC_PATH,
    operationId: 'beginOidcSignIn',
    summary: 'Sends a browser to the identity provider',
    ...ofProvider,
    answers: {
      303: {
        description: 'To the provider',
        content: redirection,
        headers: { ...cookie, Location: 'Where to sign in' },
      },
    },
    failures: ['NotFoundError', 'ServiceUnavailableError'],
  },
  {
    path: CALLBACK_PATH,
    operationId: 'finishOidcSignIn',
    summary: 'Takes the browser back and begins a session',
    ...ofProvider,
    answers: {
      303: {
        description: 'Signed in',
        content: redirection,
        headers: { ...cookie, Location: 'The page of this service' },
      },
    },
    failures: [
      'AuthenticationError',
      'NotAllowedError',
      'NotFoundError',
      'TooManyRequestsError',
      'ServiceUnavailableError',
    ],
  },
  ...signInFiles.map(([path, file, type]): Operation => ({
    path,
    operationId: file.replace(/\W(\w)/g, (_, letter: string) =>
      letter.toUpperCase(),
    ),
    summary: `The page on which a person signs in (${file})`,
    needs: 'anyone',
    answers: { 200: { description: file, content: { [type]: text } } },
  })),
];
