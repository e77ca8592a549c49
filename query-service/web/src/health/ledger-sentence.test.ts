import { ledgerSentence, missingOf } from './ledger-sentence';

const SUMS = {
  batches: 3,
  received: 1_016,
  stored: 1_008,
  duplicate: 5,
  excluded: 2,
  quarantined: 1,
};

it('says the accounts in a sentence', () => {
  expect(ledgerSentence(SUMS)).toBe(
    '1,016 records received in the last 30 days = 1,008 stored + 5 sent twice + 2 excluded by rules + 1 quarantined.',
  );
});

it.each([
  [SUMS, 0],
  [{ ...SUMS, stored: 1_000 }, 8],
  [{ ...SUMS, duplicate: 6 }, -1],
])('finds what is missing in %j', (sums, expected) => {
  expect(missingOf(sums)).toBe(expected);
});
