import type { Request } from 'express';
import { MISSING_CREDENTIALS } from '../authenticate';
import { ownEvent } from '../audit/own-event';
import type { Cause } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import type { Recorder } from '../audit/recorder';
import { createWindows } from '../audit/windows';
import type { HttpError, HttpErrorName } from '../http-error';
import { causeOf } from './access';
import type { Access } from './access';
import { networkOf } from './failure-limit';
import { SESSION_ENDED } from './session-ended';

/** The first refusal of a kind is told of at once, those of the next minute in one event. */
const WINDOW_MS = 60_000;
/** Of more strangers at a time only the number is told: whoever has many addresses must not fill the log. */
const MAX_WINDOWS = 1_000;
const OTHERS = 'others';

/** Of all else nobody was kept out, and messages have the sender's own text in them. */
const TOLD: readonly HttpErrorName[] = [
  'AuthenticationError',
  'NotAllowedError',
  'TooManyRequestsError',
];

/** Nobody tried to be somebody else: whoever finds the port does the one, every page that was left open the other. */
const NOT_TOLD = [MISSING_CREDENTIALS, SESSION_ENDED];

/** Tells of who was not let in, and who lacked a permission. */
export interface Refusals {
  /** Notes a refusal beside the request: nobody waits for it. */
  note(req: Request, access: Access | undefined, error: HttpError): void;
  /** Tells of those not told of yet. */
  close(): Promise<void>;
}

interface Refused {
  cause: Cause;
  message: string;
  again: number;
}

const ofOthers: Omit<Refused, 'again'> = {
  cause: { actor: { type: 'anonymous', id: 'anonymous' }, request: {} },
  message: 'Others were refused, from too many addresses to tell of each',
};

/** @param onError hears of refusals that could not be told of */
export function createRefusals(
  recorder: Pick<Recorder, 'record'>,
  onError: (error: unknown) => void,
): Refusals {
  const windows = createWindows<Refused>({
    lengthMs: WINDOW_MS,
    max: MAX_WINDOWS + 1,
    end: async (refused) => {
      if (refused.again > 0) await tell(refused, { times: refused.again });
    },
  });
  const tell = ({ cause, message }: Refused, meta: { times: number }) =>
    recorder
      .record(
        ownEvent(cause, {
          eventId: ownEventId.accessRefused,
          severityLevel: 'medium',
          status: 'failed',
          error: { message },
          meta,
        }),
      )
      .catch(onError);

  return {
    note(req, access, error) {
      const { name, message } = error;
      if (!TOLD.includes(name) || NOT_TOLD.includes(message)) return;
      const cause = causeOf(req, access);
      const key = keyOf(cause, access, error);
      const known = windows.get(key);
      if (known) {
        known.again += 1;
        return;
      }
      // Who is known is told of by name: only whoever is not let in can have many addresses for nothing.
      if (!access && windows.size >= MAX_WINDOWS) {
        const others = windows.get(OTHERS);
        if (others) others.again += 1;
        else windows.open(OTHERS, { ...ofOthers, again: 1 });
        return;
      }
      const refused = { cause, message, again: 0 };
      windows.open(key, refused);
      void tell(refused, { times: 1 });
    },
    close: () => windows.close(),
  };
}

/** What is told of together. Whoever was not let in must not begin another by what he writes, or by another address of his. */
function keyOf(
  { actor }: Cause,
  access: Access | undefined,
  { name, message }: HttpError,
): string {
  const isOurs = access !== undefined || name === 'AuthenticationError';
  const kind = isOurs ? message : name;
  return JSON.stringify([actor.id, networkOf(actor.ip), kind]);
}
