import { parseOptions } from './options';

describe('parseOptions', () => {
  it('takes 200 and 50 kills and a random seed by default', () => {
    const options = parseOptions([]);
    expect(options).toEqual({
      seed: expect.any(Number),
      receiverKills: 200,
      postgresKills: 50,
      sabotage: undefined,
    });
    expect(parseOptions([]).seed).not.toBe(options.seed);
  });

  it('reads all options', () => {
    const args =
      '--seed 7 --receiver-kills 3 --postgres-kills 0 --sabotage no-dedupe';
    expect(parseOptions(args.split(' '))).toEqual({
      seed: 7,
      receiverKills: 3,
      postgresKills: 0,
      sabotage: 'no-dedupe',
    });
  });

  it.each([
    [
      'a seed of letters',
      ['--seed', 'x'],
      'expected --seed to be a whole number from 0 to 4294967295, got "x"',
    ],
    [
      'half a kill',
      ['--receiver-kills', '0.5'],
      'expected --receiver-kills to be a whole number from 0 to 1000000, got "0.5"',
    ],
    [
      'an empty number',
      ['--postgres-kills='],
      'expected --postgres-kills to be a whole number from 0 to 1000000, got ""',
    ],
    [
      'an unknown sabotage',
      ['--sabotage', 'luck'],
      'expected --sabotage to be one of ack-before-commit, no-dedupe, async-commit, got "luck"',
    ],
    ['an unknown option', ['--kills', '3'], "Unknown option '--kills'"],
  ])('refuses %s', (_, args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
