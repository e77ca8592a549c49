import { reasonOf } from './reason-of';

const refused = new Error('connect ECONNREFUSED ::1:9');

it.each<[string, Error]>([
  ['an error', refused],
  ['the cause of an error', new TypeError('failed', { cause: refused })],
  ['the first of several errors', new AggregateError([refused, new Error()])],
  [
    'the first of several that are the cause',
    new TypeError('failed', { cause: new AggregateError([refused]) }),
  ],
])('is the message of %s', (_, error) => {
  expect(reasonOf(error)).toBe('connect ECONNREFUSED ::1:9');
});

it('is what there is, when the cause says nothing', () => {
  expect(reasonOf(new TypeError('failed', { cause: new Error() }))).toBe(
    'failed',
  );
});
