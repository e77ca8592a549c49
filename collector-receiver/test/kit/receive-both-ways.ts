import type { AuditEvent } from 'audit-event';
import { resourceIdOf } from 'audit-event/store';
import type { Received } from 'audit-event/store';
import { eventsIn } from '../../../test/src/read-rows';
import type { Encoding } from '../../src/encoding';
import { createRuleSet } from 'audit-event/exclude';
import { receive } from '../../src/receive';

/** What a request came to. */
export interface Outcome {
  status: string;
  events: AuditEvent[];
  excluded: [string, number][];
  quarantined: object[];
  received: number;
  /** Counts of events, as bytes. */
  counts: string;
  /** Sequence numbers, with the id of their source. */
  ranges: object[];
}

export interface BothWays {
  /** As it is, with all that can be transcoded transcoded. */
  transcoded: Outcome;
  /** With every record read in full. */
  inFull: Outcome;
  /** How many records were transcoded. */
  drafts: number;
}

const rules = createRuleSet(
  [
    { id: 'plugins', rule: { actorId: 'plugin:*', eventId: 'entity-*' } },
    { id: 'reads', rule: { requestMethod: 'GET', requestPath: '/api/**' } },
  ],
  ['critical'],
);

/** Receives a request twice: as it is done, and with every record read in full. Both must come to the same. */
export async function receiveBothWays(
  body: Uint8Array,
  encoding: Encoding,
): Promise<BothWays> {
  let drafts = 0;
  const counting: Encoding = {
    ...encoding,
    visit: (bytes, visitor) =>
      encoding.visit(bytes, {
        ...visitor,
        draft(...args) {
          const isTaken = visitor.draft(...args);
          if (isTaken) drafts += 1;
          return isTaken;
        },
      }),
  };
  const full: Encoding = {
    ...encoding,
    visit: (bytes, visitor) =>
      encoding.visit(bytes, { ...visitor, draft: () => false }),
  };
  return {
    transcoded: await outcomeOf(body, counting),
    inFull: await outcomeOf(body, full),
    drafts,
  };
}

function countsIn({ events }: Received): string {
  const { bytes, length } = events.rows.counts.rows();
  return bytes.toString('latin1', 0, length);
}

async function outcomeOf(
  body: Uint8Array,
  encoding: Encoding,
): Promise<Outcome> {
  const committed: Received[] = [];
  const { status } = await receive(body, encoding, {
    rules: () => rules,
    foreignRecords: 'store',
    commit: (received) => Promise.resolve(void committed.push(received)),
  });
  const [one] = committed;
  return {
    status,
    events: one ? eventsIn(one) : [],
    excluded: [...(one?.excluded ?? [])],
    // As text, which compares faster.
    quarantined: (one?.quarantined ?? []).map(({ raw, ...why }) => ({
      ...why,
      raw: Buffer.from(raw).toString('latin1'),
    })),
    received: one?.received ?? 0,
    counts: one ? countsIn(one) : '',
    ranges: (one?.ranges ?? []).map(({ source, ...range }) => ({
      ...range,
      source: resourceIdOf(source),
    })),
  };
}
