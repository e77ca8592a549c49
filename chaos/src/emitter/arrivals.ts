import { inspect } from 'node:util';
import { fromLogRecord, OWN_PLUGIN_ID } from 'audit-event';
import type { AuditEvent } from 'audit-event';
import { noFindings, report } from '../check/findings';
import type { Findings } from '../check/findings';
import { sameContent } from '../check/same-content';
import type { Origin } from '../load/plan-request';
import type { Records } from './moody-receiver';
import { ofCaller, placeOf, planRecord } from './plan-record';
import type { RecordPlace } from './plan-record';

/**
 * What can be wrong with what the receiver got: `lost` was told to be spooled and never came; `phantom` was never made;
 * `corrupt` says something else than what was made, or something else when it came again; `gap` is a place in a stream
 * that is empty although later ones are not; `left` is a file or directory that the last process should have removed.
 */
export const emitterFindingKinds = [
  'lost',
  'phantom',
  'corrupt',
  'gap',
  'left',
] as const;
export type EmitterFindings = Findings<(typeof emitterFindingKinds)[number]>;

const INSPECT = { depth: null, breakLength: Infinity };

/** Compares what arrives with what was made. */
export interface Arrivals {
  findings: EmitterFindings;
  add(records: Records): void;
  /** The emitter has told that this record is spooled. */
  spooled(place: RecordPlace): void;
  /** Looks for what is missing, once nothing more comes. */
  finish(): void;
  figures(): { spooled: number; arrived: number; again: number };
}

/** Of the records that are planned by `planRecord`. */
export function createArrivals(origin: Origin): Arrivals {
  const findings = noFindings(emitterFindingKinds);
  const spooled: RecordPlace[] = [];
  /** By process and number: where in the stream. */
  const arrived = new Map<string, string>();
  const streams = new Map<string, Set<number>>();
  let again = 0;

  function addEvent(event: AuditEvent): void {
    const { streamId = '', sequence = -1 } = event;
    let sequences = streams.get(streamId);
    if (!sequences) streams.set(streamId, (sequences = new Set()));
    sequences.add(sequence);
    // The beginning and the end of a stream.
    if (event.pluginId === OWN_PLUGIN_ID) return;
    const place = placeOf(event);
    const planned = place && planRecord(origin, place);
    if (!planned || planned.id !== event.id)
      return report(findings, 'phantom', inspect(event, INSPECT));
    const content = ofCaller(event);
    if (!sameContent(planned, content))
      report(
        findings,
        'corrupt',
        `expected ${inspect(planned, INSPECT)}, got ${inspect(content, INSPECT)}`,
      );
    noteCopy(place, `${streamId} ${sequence}`);
  }

  function noteCopy(place: RecordPlace, where: string): void {
    const key = keyOf(place);
    const before = arrived.get(key);
    if (before === undefined) arrived.set(key, where);
    else again += 1;
    if (before !== undefined && before !== where)
      report(findings, 'corrupt', `${key} was at ${before}, then at ${where}`);
  }

  return {
    findings,
    add(records) {
      for (const read of records)
        if (read.status === 'read')
          addEvent(fromLogRecord(read.record, read.source));
        else report(findings, 'corrupt', read.detail);
    },
    spooled: (place) => spooled.push(place),
    finish() {
      for (const place of spooled)
        if (!arrived.has(keyOf(place)))
          report(findings, 'lost', `record ${keyOf(place)}`);
      for (const [streamId, sequences] of streams) {
        let last = -1;
        for (const sequence of sequences) last = Math.max(last, sequence);
        const missing = last + 1 - sequences.size;
        report(findings, 'gap', `${missing} of stream ${streamId}`, missing);
      }
    },
    figures: () => ({ spooled: spooled.length, arrived: arrived.size, again }),
  };
}

function keyOf({ process, n }: RecordPlace): string {
  return `${n} of process ${process}`;
}
