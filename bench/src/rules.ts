import { parseArgs } from 'node:util';
import { protobufEncoding } from 'auditor-otel';
import { createRuleSet } from 'audit-event/exclude';
import type { IdentifiedRule, RuleSubject } from 'audit-event/exclude';
import { protobuf } from 'collector-receiver';
import { inTurns } from './in-turns';
import { requestBodies } from './request-bodies';

const ROWS = 51_200;
const RULES = 100;

/**
 * What exclusion rules cost for each record: the difference between visiting requests with and without asking a set of
 * 100 rules, none of which matches, so that all of them count. 5,000 actors, 8 events.
 */
export async function rules(args: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '15' } },
  });
  const set = createRuleSet(Array.from({ length: RULES }, aRule), ['critical']);
  const bodies = requestBodies(protobufEncoding(), ROWS);
  const visitAll = (ask: (subject: RuleSubject) => unknown) => () => {
    for (const body of bodies)
      protobuf.visit(body, {
        draft(draft) {
          if (ask(draft) !== undefined) throw new Error('a rule matched');
          return true;
        },
        record() {
          throw new Error('a record of our own emitter was read in full');
        },
        restart() {},
      });
  };
  const seconds = await inTurns(Number(values.rounds), {
    without: visitAll(() => undefined),
    with: visitAll((subject) => set.excludedBy(subject)),
  });
  const usPerRecord = ((seconds.with - seconds.without) / ROWS) * 1e6;
  return { usPerRecord: Number(usPerRecord.toFixed(3)), rules: RULES };
}

/** Rules of several kinds, each of which one field at least speaks against. */
function aRule(_: unknown, i: number): IdentifiedRule {
  const kinds = [
    { actorId: `plugin:*-${i}`, eventId: 'entity-*' },
    { actorId: 'user:default/*', eventId: `task-${i}-*` },
    { pluginId: 'catalog', actionType: `refresh-${i}` },
    { requestMethod: 'GET', requestPath: `/api/${i}/**` },
  ];
  return { id: `rule-${i}`, rule: kinds[i % kinds.length]! };
}
