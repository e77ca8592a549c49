/** What a request is told that came with a session which is none any more. */
export const SESSION_ENDED = 'The session has ended, sign in again';
