import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { notAsked } from '../failure';
import { recordCounter } from './count-records';
import { holdLastLine } from './hold-last-line';

export type Format = 'ndjson' | 'csv';

/** What an answer says of itself when it is whole. */
interface Claim {
  rows: number;
  sha256: string;
}

export interface CheckOptions {
  format: Format;
  /** Told after each piece: events and bytes so far. */
  onProgress: (rows: number, bytes: number) => void;
}

/** Trailers of the answer. */
const ROWS_TRAILER = 'x-audit-rows';
const SHA256_TRAILER = 'x-audit-sha256';

/**
 * The bytes of an export as they come, checked: when the last piece was handed on, there are as many events as the service says it sent, and
 * its hash is theirs. NDJSON says so in its last line, which is handed on as well; CSV in the trailers of the answer.
 *
 * @returns how many events there are
 * @throws Failure when the answer broke off, or is not what it says
 */
export async function* checkExport(
  answer: IncomingMessage,
  { format, onProgress }: CheckOptions,
): AsyncGenerator<Uint8Array, number> {
  const hash = createHash('sha256');
  const count = recordCounter(format);
  const lines = holdLastLine();
  const head = format === 'csv' ? 1 : 0;
  let records = 0;
  let bytes = 0;
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      const free = format === 'csv' ? piece : lines.push(piece);
      hash.update(free);
      records = count(free);
      bytes += free.length;
      onProgress(Math.max(0, records - head), bytes);
      yield free;
    }
  } catch (error) {
    throw notAsked(
      `the export broke off after ${Math.max(0, records - head)} events: ${(error as Error).message}`,
      error,
    );
  }
  const last = lines.last();
  const claim =
    format === 'csv' ? trailersOf(answer) : manifestIn(Buffer.from(last));
  const rows = records - head;
  const sha256 = hash.digest('hex');
  if (claim === undefined)
    throw notAsked(
      format === 'csv'
        ? `the export of ${rows} events cannot be checked: its trailers are missing, which a proxy may have taken away; --format ndjson needs none`
        : `the export broke off after ${rows} events: its last line, which says how many there are, is missing`,
    );
  if (claim.rows !== rows || claim.sha256 !== sha256)
    throw notAsked(
      `the export is not what was sent: expected ${claim.rows} events with the SHA-256 ${claim.sha256}, got ${rows} with ${sha256}`,
    );
  if (format === 'ndjson') yield last;
  return rows;
}

function trailersOf({ trailers }: IncomingMessage): Claim | undefined {
  const [rows, sha256] = [trailers[ROWS_TRAILER], trailers[SHA256_TRAILER]];
  return rows && sha256 ? { rows: Number(rows), sha256 } : undefined;
}

function manifestIn(line: Buffer): Claim | undefined {
  try {
    const { export: claim } = JSON.parse(line.toString()) as {
      export?: Claim & { complete?: unknown };
    };
    return claim?.complete === true ? claim : undefined;
  } catch {
    return undefined;
  }
}
