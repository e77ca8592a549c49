import fc from 'fast-check';
import { MAX_RANGES_PER_REQUEST, StreamRanges } from './stream-ranges';

const STREAMS = [
  '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
  '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3f',
];

describe('StreamRanges', () => {
  it('makes one range of what a sender sends in order', () => {
    const ranges = new StreamRanges();
    const source = { resource: {} };
    ranges.note(STREAMS[0]!, 5, 30, undefined);
    ranges.note(STREAMS[0]!, 6, NaN, undefined);
    ranges.note(STREAMS[0]!, 7, 10, source);
    expect(ranges.all).toEqual([
      {
        streamId: STREAMS[0],
        from: 5,
        to: 7,
        minTime: 10,
        maxTime: 30,
        source,
      },
    ]);
  });

  it('notes each number exactly as often and in the order in which it came', () => {
    const number = fc.tuple(fc.constantFrom(...STREAMS), fc.nat(5));
    fc.assert(
      fc.property(fc.array(number), (numbers) => {
        const ranges = new StreamRanges();
        for (const [streamId, sequence] of numbers)
          ranges.note(streamId, sequence, 0, undefined);
        const noted = ranges.all.flatMap(({ streamId, from, to }) =>
          Array.from({ length: to - from + 1 }, (_, i) => [streamId, from + i]),
        );
        expect(noted).toEqual(numbers);
      }),
    );
  });

  it('stops at the limit, and still lengthens the last range', () => {
    const ranges = new StreamRanges();
    for (let i = 0; i < MAX_RANGES_PER_REQUEST + 5; i++)
      ranges.note(STREAMS[i % 2]!, 0, 0, undefined);
    expect(ranges.all).toHaveLength(MAX_RANGES_PER_REQUEST);
    ranges.note(ranges.all.at(-1)!.streamId, 1, 0, undefined);
    expect(ranges.all.at(-1)).toMatchObject({ from: 0, to: 1 });
    ranges.clear();
    ranges.note(STREAMS[0]!, 0, 0, undefined);
    expect(ranges.all).toHaveLength(1);
  });
});
