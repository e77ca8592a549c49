import fc from 'fast-check';
import type { JsonValue } from '../../json';
import { readStreamMark } from './stream-mark';

const STREAM = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e';
const OTHER = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3f';

const read = (eventId: string, meta: JsonValue) =>
  readStreamMark({ streamId: STREAM, sequence: 7, eventId, meta });

describe('readStreamMark', () => {
  it.each<[string, string, JsonValue, object | undefined]>([
    [
      'an end',
      'stream-end',
      {},
      { kind: 'end', streamId: STREAM, sequence: 7 },
    ],
    ['a start', 'stream-start', {}, undefined],
    [
      'a start after another stream',
      'stream-start',
      { previousStreamId: OTHER.toUpperCase() },
      { kind: 'previous', streamId: STREAM, previousId: OTHER },
    ],
    [
      'a start that names itself',
      'stream-start',
      { previousStreamId: STREAM },
      undefined,
    ],
    [
      'a start that names a number',
      'stream-start',
      { previousStreamId: 5 },
      undefined,
    ],
    ['another event', 'rule-change', { ranges: [[1, 2]] }, undefined],
  ])('reads %s', (_, eventId, meta, mark) => {
    expect(read(eventId, meta)).toEqual(mark);
  });

  it.each<[string, JsonValue, object]>([
    [
      'with its ranges, which are more exact than what they span',
      { fromSequence: 1, toSequence: 9, ranges: [[1, 2], [9, 9]] }, // prettier-ignore
      { ranges: [[1, 2], [9, 9]] }, // prettier-ignore
    ],
    [
      'with what it spans',
      { fromSequence: 1, toSequence: 9 },
      { ranges: [[1, 9]] },
    ],
    ['of another stream', { streamId: OTHER }, { streamId: OTHER }],
    [
      'without what is no range',
      {
        ranges: [[2, 1], [1], 'x', [-1, 2], [0.5, 2], [1, 2, 3], [4, 4], null],
      },
      { ranges: [[4, 4]] },
    ],
    [
      'with reason and counts',
      { reason: 'full', dropped: { low: 2 } },
      { reason: 'full', dropped: { low: 2 }, ranges: [] },
    ],
    [
      'without reason and counts that are none',
      { reason: 5, dropped: [1] },
      { reason: undefined, dropped: undefined },
    ],
    ['whose meta is no object', 'x', { ranges: [] }],
  ])('reads a gap %s', (_, meta, gap) => {
    expect(read('stream-gap', meta)).toMatchObject({ kind: 'gap', ...gap });
  });

  it('takes so many ranges of a gap, and no more', () => {
    const ranges = Array.from({ length: 5_000 }, (_, i) => [2 * i, 2 * i]);
    expect(read('stream-gap', { ranges })).toMatchObject({
      ranges: ranges.slice(0, 1_000),
    });
  });

  it('never fails, whatever meta is', () => {
    const eventId = fc.constantFrom('stream-start', 'stream-end', 'stream-gap');
    fc.assert(
      fc.property(eventId, fc.jsonValue(), (id, meta) => {
        expect(() => read(id, meta as JsonValue)).not.toThrow();
      }),
    );
  });
});
