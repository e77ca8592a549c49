import type { LogRecord } from 'audit-event';
import type { Answer } from './answer';
import type { Transport } from './http-transport';
import { decodeRequest } from './otlp-oracle.test.helper';

/** A receiver that has what it was sent. */
export const taken: Answer = {
  status: 'answered',
  code: 200,
  body: new Uint8Array(),
};

/** An answer with a status and nothing else. */
export function answer(code: number, retryAfterMs?: number): Answer {
  return { status: 'answered', code, body: new Uint8Array(), retryAfterMs };
}

/** A transport in memory: keeps each request, and answers what `answerTo` says. */
export interface RecordingTransport extends Transport {
  bodies: Uint8Array[];
  /** The records of all requests that were answered with 200, but for those that begin and end the stream. */
  records: LogRecord[];
}

/** Whether a record is of the application, or tells of lost ones. */
export function isNoStreamEdge({ eventName }: LogRecord): boolean {
  return (
    eventName !== 'audit-log.stream-start' &&
    eventName !== 'audit-log.stream-end'
  );
}

/** A recording transport for requests in protobuf. */
export function recordingTransport(
  answerTo: (
    records: LogRecord[],
    request: number,
  ) => Answer | Promise<Answer> = () => taken,
): RecordingTransport {
  const bodies: Uint8Array[] = [];
  const records: LogRecord[] = [];
  return {
    bodies,
    records,
    async post(body) {
      bodies.push(body);
      const decoded = decodeRequest(body, 'application/x-protobuf').records;
      const reply = await answerTo(decoded, bodies.length);
      if (reply.status === 'answered' && reply.code === 200)
        records.push(...decoded.filter(isNoStreamEdge));
      return reply;
    },
    close() {},
  };
}
