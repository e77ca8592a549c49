import { isForPipeline, parsePipelineOptions } from './options';
import { plants } from './plants/plants';

describe('isForPipeline', () => {
  it.each([
    ['--minutes 30', true],
    ['--seed 1 --minutes=30', true],
    ['--collector', true],
    ['--no-collector', true],
    ['--plant no-dedupe', true],
    ['--faults latency', true],
    ['--seed 1 --receiver-kills 3', false],
    ['', false],
  ])('%s: %s', (args, expected) => {
    expect(isForPipeline(args.split(' '))).toBe(expected);
  });
});

describe('parsePipelineOptions', () => {
  it('takes a minute, a random seed and a Collector that is there by default', () => {
    const options = parsePipelineOptions([]);
    expect(options).toMatchObject({
      durationMs: 60_000,
      collector: 'if there',
      mode: 'store_and_forward',
      plant: undefined,
      faults: undefined,
      report: expect.stringMatching(`/\\.chaos/seed-${options.seed}$`),
    });
    expect(parsePipelineOptions([]).seed).not.toBe(options.seed);
  });

  it('reads all options', () => {
    const args =
      '--minutes 0.25 --seed 7 --rate 10 --collector --mode end_to_end --faults latency,reset --report /reports/7';
    expect(parsePipelineOptions(args.split(' '))).toEqual({
      ...{ seed: 7, durationMs: 15_000, rate: 10, collector: 'required' },
      mode: 'end_to_end',
      ...{ plant: undefined, faults: ['latency', 'reset'] },
      report: '/reports/7',
    });
  });

  it('takes the faults that bring a planted bug to light', () => {
    expect(
      parsePipelineOptions(['--no-collector', '--plant', 'no-dedupe']),
    ).toMatchObject({
      ...{ collector: 'none', plant: 'no-dedupe' },
      faults: plants['no-dedupe'].faults,
    });
  });

  it.each([
    [
      'no time',
      ['--minutes', '0'],
      'expected --minutes to be a number above 0',
    ],
    ['a time of letters', ['--minutes', 'x'], 'got "x"'],
    ['another mode', ['--mode', 'x'], 'expected --mode to be one of store'],
    ['another plant', ['--plant', 'x'], 'expected --plant to be one of ack-'],
    [
      'another fault',
      ['--faults', 'reset,x'],
      'expected --faults to be one of',
    ],
    ['another option', ['--x'], "Unknown option '--x'"],
  ])('refuses %s', (_, args, message) => {
    expect(() => parsePipelineOptions(args)).toThrow(message);
  });
});
