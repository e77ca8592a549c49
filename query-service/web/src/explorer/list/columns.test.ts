import { chosenColumns, durationOf } from './columns';

const BEGAN = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e';
const beganMs = 0x01980f5e7c1a;
const after = (ms: number) => new Date(beganMs + ms).toISOString();

it.each([
  ['the time from the id to the outcome', 'succeeded', BEGAN, 850, 850],
  ['none for a beginning', 'initiated', BEGAN, 850, undefined],
  ['none when the id is later', 'failed', BEGAN, -1, undefined],
  ['none when it is days apart', 'failed', BEGAN, 1e9, undefined],
  ['none for another id', 'failed', 'order-7', 850, undefined],
  ['none without an id', 'failed', null, 850, undefined],
])('a duration is %s', (_name, status, operation_id, ms, expected) => {
  expect(durationOf({ status, operation_id, event_time: after(ms) })).toBe(
    expected,
  );
});

it('forgets columns that there are no more', () => {
  expect(chosenColumns(['plugin_id', 'toString', 'hair'])).toEqual([
    'plugin_id',
  ]);
});
