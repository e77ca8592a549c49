import { CopyBuffer } from '../copy-buffer';
import { COUNTED_COLUMNS } from './counted-columns';

/** Microseconds. */
const HOUR = 3_600_000_000;
/** Size and value of `event_time` in a row. */
const TIME_BYTES = 12;

/**
 * How many events there were in each hour of each combination of the counted columns.
 *
 * @example
 * const counts = new EventCounts();
 * counts.noteRow(rows.out.bytes, start, microseconds);
 */
export class EventCounts {
  private readonly hours = new Map<number, Map<string, number>>();
  private lastHour = NaN;
  private lastGroups = new Map<string, number>();

  /**
   * Counts a row of `audit.event` by its bytes.
   *
   * @param start where `event_time` begins
   * @param time that time, in microseconds since 1970
   */
  noteRow(bytes: Buffer, start: number, time: number): void {
    const from = start + TIME_BYTES;
    let to = from;
    for (let i = 0; i < COUNTED_COLUMNS.length; i++)
      to += 4 + Math.max(0, bytes.readInt32BE(to));
    this.add(Math.floor(time / HOUR), bytes.toString('latin1', from, to), 1);
  }

  /**
   * Counts events whose columns are given as texts, in the order of `COUNTED_COLUMNS`.
   *
   * @param hour hours since 1970
   */
  note(hour: number, texts: readonly (string | null)[], events: number): void {
    const key = new CopyBuffer();
    for (const text of texts) key.text(text);
    this.add(hour, key.bytes.toString('latin1', 0, key.length), events);
  }

  /** Adds all that another one has counted. */
  addAll(other: EventCounts): void {
    for (const [hour, groups] of other.hours)
      for (const [key, events] of groups) this.add(hour, key, events);
  }

  clear(): void {
    this.hours.clear();
    this.lastHour = NaN;
  }

  /** Rows of `audit.event_count`: hour, the counted columns, number of events. */
  rows(): CopyBuffer {
    const out = new CopyBuffer();
    for (const [hour, groups] of this.hours)
      for (const [key, events] of groups) {
        out.beginRow(COUNTED_COLUMNS.length + 2);
        out.microseconds(hour * HOUR);
        // The columns as they lay in the row that was counted.
        out.reserve(key.length);
        out.length += out.bytes.write(key, out.length, 'latin1');
        out.int8(events);
      }
    return out;
  }

  private add(hour: number, key: string, events: number): void {
    if (hour !== this.lastHour) {
      this.lastHour = hour;
      this.lastGroups = this.hours.get(hour) ?? new Map<string, number>();
      this.hours.set(hour, this.lastGroups);
    }
    this.lastGroups.set(key, (this.lastGroups.get(key) ?? 0) + events);
  }
}
