import { ruleIdOf } from 'audit-event/exclude';
import type { Rule } from 'audit-event/exclude';
import type { RuleRow } from 'audit-event/store';
import { rulesBody } from './rules-body';

const ID = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e';
const TASK: Rule = { eventId: 'task' };
const row = (rule: unknown) => ({ id: ID, rule }) as RuleRow;
const setOf = (...rules: { id: string; rule: Rule }[]) => ({
  hash: 'aa',
  since: '2026-01-01T00:00:00.000Z',
  content: { rules, protectedEvents: [] },
});

it.each<[string, RuleRow[], ReturnType<typeof setOf> | undefined, object[]]>([
  [
    'one that the latest batch met',
    [row(TASK)],
    setOf({ id: ID, rule: TASK }),
    [{ id: ID, source: 'database', in_force: true }],
  ],
  [
    'one that was made since',
    [row(TASK)],
    setOf(),
    [{ id: ID, source: 'database', in_force: false }],
  ],
  [
    'one that was changed since, which kept its id',
    [row({ ...TASK, status: 'succeeded' })],
    setOf({ id: ID, rule: TASK }),
    [{ id: ID, source: 'database', in_force: false }],
  ],
  [
    'one in force that has a key for whoever writes it',
    [row({ actorId: '**', acknowledgeBroad: true })],
    setOf({ id: ID, rule: { actorId: '**' } }),
    [{ id: ID, source: 'database', in_force: true }],
  ],
  [
    'one that receivers leave out since it was changed',
    [row({ ...TASK, actor: 'x' })],
    setOf({ id: ID, rule: TASK }),
    [{ source: 'database', in_force: false, problem: expect.any(String) }],
  ],
  ['none that was deleted since', [], setOf({ id: ID, rule: TASK }), []],
  [
    'one of the file',
    [],
    setOf({ id: ruleIdOf(TASK), rule: TASK }),
    [{ id: ruleIdOf(TASK), rule: TASK, source: 'file', in_force: true }],
  ],
  [
    'one that the file has too',
    [row(TASK)],
    setOf({ id: ruleIdOf(TASK), rule: TASK }, { id: ID, rule: TASK }),
    [
      { id: ID, source: 'database', in_force: true },
      { id: ruleIdOf(TASK), source: 'file' },
    ],
  ],
  [
    'those of the database before a receiver has started',
    [row(TASK)],
    undefined,
    [{ id: ID, in_force: false }],
  ],
])('lists %s', (_, rules, inForce, data) => {
  expect(rulesBody(rules, inForce, [])).toMatchObject({ data });
});
