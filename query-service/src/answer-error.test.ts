import { answerErrors } from './answer-error';

/** What is logged of an error, for an answer in this state, and whether its connection is closed. */
function handled(state: { headersSent: boolean; destroyed: boolean }) {
  const told: string[] = [];
  const log = (_: object, message: string) => void told.push(message);
  let isClosed = false;
  const res = { ...state, destroy: () => (isClosed = true) };
  answerErrors({ warn: log, error: log } as never)(
    new DOMException('This operation was aborted', 'AbortError'),
    { method: 'GET', originalUrl: '/' } as never,
    res as never,
    () => undefined,
  );
  return { told, isClosed };
}

it.each([
  [
    'a client that went before its answer began',
    { headersSent: false, destroyed: true },
    [],
  ],
  [
    'a client that went in the middle of it',
    { headersSent: true, destroyed: true },
    [],
  ],
  [
    'an answer that broke off',
    { headersSent: true, destroyed: false },
    ['an answer broke off'],
  ],
])('%s is no internal error', (_, state, told) => {
  expect(handled(state)).toEqual({ told, isClosed: true });
});
