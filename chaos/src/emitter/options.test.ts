import { parseEmitterOptions } from './options';

describe('parseEmitterOptions', () => {
  it('takes 500 kills and a random seed by default', () => {
    const options = parseEmitterOptions([]);
    expect(options).toEqual({
      seed: expect.any(Number),
      kills: 500,
      sabotage: undefined,
    });
    expect(parseEmitterOptions([]).seed).not.toBe(options.seed);
  });

  it.each([
    [
      'half a kill',
      ['--kills', '0.5'],
      'expected --kills to be a whole number from 0 to 1000000, got "0.5"',
    ],
    [
      'an unknown sabotage',
      ['--sabotage', 'luck'],
      'expected --sabotage to be one of resolve-before-write, settle-before-answer, got "luck"',
    ],
  ])('refuses %s', (_, args, message) => {
    expect(() => parseEmitterOptions(args)).toThrow(message);
  });
});
