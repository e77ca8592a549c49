import type { EventSource } from '../audit-event';

/**
 * Ranges that are noted of one request. A request of a usual sender has one, that of a Collector one for each batch of a
 * sender that it joined. Numbers beyond are not noted: their records are stored like any other, but the numbers count
 * as missing from their streams. So a sender can make the receiver keep no more than it pays for with its own records.
 */
export const MAX_RANGES_PER_REQUEST = 10_000;

/** Consecutive sequence numbers of one stream that arrived one after the other. */
export interface StreamRange {
  streamId: string;
  /** First and last of them. */
  from: number;
  to: number;
  /** Of the records whose time is known, in microseconds since 1970; Infinity and -Infinity for none. */
  minTime: number;
  maxTime: number;
  /** Of the first record that was not kept out. */
  source: EventSource | undefined;
}

/**
 * The sequence numbers that arrived with one request. A number that continues the last range costs a comparison; two
 * that are the same make two ranges.
 *
 * @example
 * const ranges = new StreamRanges();
 * ranges.note(event.streamId, event.sequence, microseconds, event.source);
 */
export class StreamRanges {
  readonly all: StreamRange[] = [];
  private last: StreamRange | undefined;

  /**
   * @param time microseconds since 1970, NaN when it is not known
   * @param source undefined for a record that becomes no row
   */
  note(
    streamId: string,
    sequence: number,
    time: number,
    source: EventSource | undefined,
  ): void {
    let range = this.last;
    if (range?.to !== sequence - 1 || range.streamId !== streamId) {
      if (this.all.length === MAX_RANGES_PER_REQUEST) return;
      range = {
        streamId,
        from: sequence,
        to: sequence,
        minTime: Infinity,
        maxTime: -Infinity,
        source: undefined,
      };
      this.all.push(range);
      this.last = range;
    }
    range.to = sequence;
    if (time < range.minTime) range.minTime = time;
    if (time > range.maxTime) range.maxTime = time;
    range.source ??= source;
  }

  /** Forgets all of them. */
  clear(): void {
    this.all.splice(0);
    this.last = undefined;
  }
}
