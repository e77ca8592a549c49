import { warningsOf } from './warnings';

const NOTHING = { complete: true, from: '', grave: 0, failed: 0 };
const warningsFor = (status: string) =>
  warningsOf([{ id: 'one', rule: { status } }], NOTHING);

describe('warningsOf', () => {
  it.each(['succeeded', 'failed', 'succ*', '?ailed', '*ed*e*'])(
    'warns of the status %s, which drops outcomes and keeps what begins them',
    (status) => {
      expect(warningsFor(status)).toEqual([
        expect.stringMatching(
          /^The rule .* keeps the beginning of an operation and drops its outcome/,
        ),
      ]);
    },
  );

  it.each(['initiated', '*', '*ed', '**', 'Failed', ''])(
    'does not warn of the status %j',
    (status) => {
      expect(warningsFor(status)).toEqual([]);
    },
  );

  it('does not warn of a rule without a status', () => {
    expect(warningsOf([{ id: 'one', rule: {} }], NOTHING)).toEqual([]);
  });
});
