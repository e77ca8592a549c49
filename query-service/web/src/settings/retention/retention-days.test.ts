import { daysOf } from './retention-days';

it.each(['1', '400', '36500', ' 30 '])('takes %j', (text) => {
  expect(daysOf(text)).toEqual({ status: 'valid', days: Number(text) });
});

it.each(['', '0', '36501', '1.5', '-1', '1e3', 'ten', '0x10'])(
  'refuses %j',
  (text) => {
    expect(daysOf(text)).toEqual({
      status: 'invalid',
      reason: 'Expected a whole number of days from 1 to 36500',
    });
  },
);
