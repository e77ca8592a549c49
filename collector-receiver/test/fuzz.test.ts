import { corpus } from '../fuzz/corpus';
import { fuzzOne, inputOf } from '../fuzz/fuzz-one';

const SEED = 20_261_122;

describe('fuzz (npm run fuzz -- --runs 1000000 runs it longer)', () => {
  it('2,000 mutated requests are read as the oracle reads them', () => {
    const inputs = corpus(SEED);
    for (let run = 0; run < 2000; run++) {
      const { encoding, input } = inputOf(inputs, SEED, run);
      const { unexplained } = fuzzOne(encoding, input);
      expect([run, unexplained]).toEqual([run, undefined]);
    }
  });
});
