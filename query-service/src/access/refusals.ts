import type { Request } from 'express';
import { MISSING_CREDENTIALS } from '../authenticate';
import { ownEvent } from '../audit/own-event';
import type { Cause } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import type { Recorder } from '../audit/recorder';
import { createWindows } from '../audit/windows';
import type { HttpError } from '../http-error';
import { causeOf } from './access';
import type { Access } from './access';
import { SESSION_ENDED } from './session-ended';

/** The first refusal of a kind is told of at once, those of the next minute in one event. */
const WINDOW_MS = 60_000;
const MAX_WINDOWS = 1_000;

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

/** @param onError hears of refusals that could not be told of */
export function createRefusals(
  recorder: Pick<Recorder, 'record'>,
  onError: (error: unknown) => void,
): Refusals {
  const windows = createWindows<Refused>({
    lengthMs: WINDOW_MS,
    max: MAX_WINDOWS,
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
    note(req, access, { message }) {
      if (NOT_TOLD.includes(message)) return;
      const cause = causeOf(req, access);
      const { actor } = cause;
      const kind = message.replace(/\d+ seconds/, '');
      const key = JSON.stringify([actor.id, actor.ip, kind]);
      const known = windows.get(key);
      if (known) {
        known.again += 1;
        return;
      }
      const refused = { cause, message, again: 0 };
      windows.open(key, refused);
      void tell(refused, { times: 1 });
    },
    close: () => windows.close(),
  };
}
