import { uuidv7 } from 'audit-event';
import type { Request } from 'express';
import { causeOf } from '../access/access';
import type { Access } from '../access/access';
import { queryOf } from '../query-of';
import { ownEvent } from './own-event';
import type { Cause } from './own-event';
import { ownEventId } from './own-event-id';
import type { Recorder } from './recorder';
import { createWindows } from './windows';

/** Reading the same again within this time is one operation. */
const WINDOW_MS = 5 * 60_000;
const MAX_WINDOWS = 1_000;
const MAX_FILTER_LENGTH = 2_000;

/** What says which part of the same is read: it does not make another reading. */
const PLACE_PARAMETERS = [
  'limit',
  'offset',
  'cursor',
  'start_time',
  'end_time',
];

/** One who reads one thing. */
export interface Reading {
  /** Notes rows of an answer as they come; those that come after its operation was told of begin another one. */
  noteRows: (count: number) => void;
}

/** Tells of who reads what. */
export interface Readings {
  /**
   * Notes that somebody reads. Resolves when that is in the log: nothing is shown before.
   *
   * @throws when it cannot be written
   */
  note(req: Request, access: Access): Promise<Reading>;
  /** Tells how all the readings that are still under way came out. */
  close(): Promise<void>;
}

interface Operation {
  cause: Cause;
  operationId: string;
  meta: { filter: string };
  reads: number;
  rows: number;
  /** Resolves when its beginning is in the log. */
  begun: Promise<void>;
}

/**
 * Makes an operation of all that the same reader reads by the same filter within five minutes: its beginning is in the
 * log before the first answer, its outcome has the number of reads and rows. A process that is killed leaves beginnings
 * without outcome, never a read without trace.
 *
 * @param onError hears of what could not be told
 */
export function createReadings(
  recorder: Pick<Recorder, 'record'>,
  onError: (error: unknown) => void,
): Readings {
  const windows = createWindows<Operation>({
    lengthMs: WINDOW_MS,
    max: MAX_WINDOWS,
    end: async (operation) => {
      const { meta, reads, rows } = operation;
      const outcome = { ...meta, reads, rows };
      await tell(operation, 'succeeded', outcome).catch(onError);
    },
  });
  const tell = (
    { cause, operationId }: Pick<Operation, 'cause' | 'operationId'>,
    status: 'initiated' | 'succeeded',
    meta: Record<string, string | number>,
  ) =>
    recorder.record(
      ownEvent(cause, {
        eventId: ownEventId.eventsRead,
        severityLevel: 'low',
        actionType: 'read',
        status,
        operationId,
        meta,
      }),
    );

  function begin(key: string, cause: Cause, filter: string): Operation {
    const operationId = uuidv7();
    const meta = { filter };
    const begun = tell({ cause, operationId }, 'initiated', meta);
    const operation = { cause, operationId, meta, reads: 0, rows: 0, begun };
    windows.open(key, operation);
    begun.catch(() => {
      if (windows.get(key) === operation) windows.drop(key);
    });
    return operation;
  }

  /** The one that rows are to be added to: of an answer that takes long, the outcome of the first may be told already. */
  function openOperation(key: string, cause: Cause, filter: string): Operation {
    const known = windows.get(key);
    if (known) return known;
    const next = begin(key, cause, filter);
    next.begun.catch(onError);
    return next;
  }

  return {
    async note(req, access) {
      const cause = causeOf(req, access);
      const filter = filterOf(req.url);
      const { actor, request } = cause;
      const key = JSON.stringify([actor, request.path, filter]);
      const operation = windows.get(key) ?? begin(key, cause, filter);
      // Before the wait: if there are too many, its outcome may be told meanwhile.
      operation.reads += 1;
      await operation.begun;
      return {
        noteRows(count) {
          if (count === 0) return;
          openOperation(key, cause, filter).rows += count;
        },
      };
    },
    close: () => windows.close(),
  };
}

/** The query without what says which page and time of it, in one order. */
function filterOf(url: string): string {
  const query = queryOf(url);
  for (const name of PLACE_PARAMETERS) query.delete(name);
  query.sort();
  return query.toString().slice(0, MAX_FILTER_LENGTH);
}
