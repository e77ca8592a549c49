import type { Json } from '../../api/json';
import { changesOf } from './change-words';

const TASK = { rule: { actorId: 'plugin:*', eventId: 'task' }, comment: null };
const OTHER = { rule: { eventId: 'b' } };
const TASK_LABEL = 'actorId plugin:* × eventId task';

const cases: [string, Record<string, Json>, string[]][] = [
  ['a rule that was made', { after: TASK }, [`+ ${TASK_LABEL}`]],
  [
    'one that was changed',
    { before: TASK, after: OTHER },
    [`- ${TASK_LABEL}`, '+ eventId b'],
  ],
  ['one that was deleted', { before: OTHER }, ['- eventId b']],
  [
    'a whole set',
    { created: [OTHER], deleted: [TASK], kept: 3 },
    [`- ${TASK_LABEL}`, '+ eventId b'],
  ],
  [
    'what another release wrote',
    { after: 'x', created: { rule: 1 }, deleted: [1, { rule: [] }] },
    [],
  ],
];

it.each(cases)('tells of %s', (_name, meta, expected) => {
  expect(
    changesOf({ meta }).map(({ sign, rule }) => `${sign} ${rule}`),
  ).toEqual(expected);
});
