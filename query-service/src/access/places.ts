import type { Response } from 'express';
import { HttpError } from '../http-error';

/** Seconds. */
const RETRY_AFTER_S = 10;

/** Room for answers that last long. */
export interface Places {
  /**
   * Takes a place for an answer, until it is closed.
   *
   * @throws HttpError `TooManyRequestsError` when the subject has taken all of its own, `ServiceUnavailableError` when nobody has room
   */
  take(res: Response, subject: string): void;
}

/** @param what is answered, in the plural, for messages */
export function createPlaces(
  what: string,
  { perSubject, inAll }: { perSubject: number; inAll: number },
): Places {
  const taken = new Map<string, number>();
  let total = 0;
  const add = (subject: string, change: 1 | -1) => {
    total += change;
    const count = (taken.get(subject) ?? 0) + change;
    if (count > 0) taken.set(subject, count);
    else taken.delete(subject);
  };

  return {
    take(res, subject) {
      if ((taken.get(subject) ?? 0) >= perSubject)
        throw new HttpError(
          'TooManyRequestsError',
          `${subject} has ${perSubject} ${what} under way, which is the most at a time: end one, then try again`,
          { retryAfterS: RETRY_AFTER_S },
        );
      if (total >= inAll)
        throw new HttpError(
          'ServiceUnavailableError',
          `There are ${inAll} ${what} under way, which is the most at a time: try again later`,
          { retryAfterS: RETRY_AFTER_S },
        );
      // A client that has gone already closes nothing any more.
      if (res.closed) return;
      add(subject, 1);
      res.once('close', () => add(subject, -1));
    },
  };
}
