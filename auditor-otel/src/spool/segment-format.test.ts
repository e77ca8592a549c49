import { severityLevels } from 'audit-event';
import fc from 'fast-check';
import type { Frame } from '../outbox';
import {
  decodeSegment,
  encodeFrames,
  encodeHeader,
  newMarker,
  sizeOfFrame,
} from './segment-format';
import { aFrame, aKind } from './spool.test.helper';

const kind = aKind(1);

/** A segment, and where each part of it ends. */
function aSegment(frames: readonly Frame[], marker = newMarker()) {
  const header = encodeHeader({ ...kind, marker });
  let end = header.length;
  const places = frames.map((frame) => {
    const begin = end;
    end += sizeOfFrame(frame);
    return { frame, begin, end };
  });
  const bytes = Buffer.concat([header, encodeFrames(marker, frames)]);
  return { bytes, headerBytes: header.length, places, marker };
}

const aDozen = Array.from({ length: 12 }, (_, i) =>
  aFrame(i, severityLevels[i % 4], 5 + i * 3),
);

const idsOf = (frames: readonly Frame[]) => frames.map(({ id }) => id);

/** All of a frame in one text: jest takes long to compare buffers. */
const textOf = ({ bytes, ...frame }: Frame) =>
  JSON.stringify([frame, Buffer.from(bytes).toString('latin1')]);

/** The ids of what is read back. Throws for a record that was never written. */
function read(bytes: Buffer, written: readonly Frame[]): string | undefined {
  const content = decodeSegment(bytes);
  if (!content) return undefined;
  const texts = new Set(written.map(textOf));
  const frames = content.frames.map(({ frame }) => frame);
  const altered = frames.find((frame) => !texts.has(textOf(frame)));
  if (altered) throw new Error(`never written: ${textOf(altered)}`);
  return idsOf(frames).join();
}

const aWrittenFrame: fc.Arbitrary<Frame> = fc.record({
  id: fc.uuid(),
  severityLevel: fc.constantFrom(...severityLevels),
  isKept: fc.boolean(),
  sequence: fc.maxSafeNat(),
  bytes: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
});

describe('a segment', () => {
  it('gives back what was written, and where', () => {
    fc.assert(
      fc.property(fc.array(aWrittenFrame, { maxLength: 20 }), (frames) => {
        const { bytes, places, marker } = aSegment(frames);
        expect(decodeSegment(bytes)).toEqual({
          header: { ...kind, marker },
          frames: places.map(({ frame, begin }) => ({ frame, offset: begin })),
          damagedBytes: 0,
        });
      }),
    );
  });

  it.each([
    ['long', 'x'.repeat(300), 'x'.repeat(255)],
    [
      'long in letters of several bytes',
      'ä'.repeat(200),
      `${'ä'.repeat(127)}\ufffd`,
    ],
    ['empty', '', ''],
  ])('cuts an id that is %s without touching the record', (_, id, expected) => {
    const { bytes } = aSegment([aFrame(1, 'low', 9, id), aFrame(2)]);
    const frames = decodeSegment(bytes)!.frames.map(({ frame }) => frame);
    expect(idsOf(frames)).toEqual([expected, 'r2']);
    expect(frames[0]!.bytes).toEqual(aFrame(1, 'low', 9, id).bytes);
  });

  it('loses at most the record in which a byte is damaged, whichever byte', () => {
    const { bytes, headerBytes, places } = aSegment(aDozen);
    for (let at = 0; at < bytes.length; at++)
      for (const pattern of [0x01, 0x80, 0xff, bytes[at]!]) {
        // The last makes it zero.
        if (pattern === 0) continue;
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= pattern;
        const expected = places
          .filter(({ begin, end }) => at < begin || at >= end)
          .map(({ frame }) => frame);
        const { damagedBytes } = decodeSegment(damaged)!;
        const most = at < headerBytes ? headerBytes : 90;
        const isAsExpected =
          read(damaged, aDozen) === idsOf(expected).join() &&
          damagedBytes > 0 &&
          damagedBytes < most;
        if (!isAsExpected)
          throw new Error(`byte ${at}, changed by ${pattern}: ${damagedBytes}`);
      }
  });

  it('gives all whole records when it is cut off, at whatever length', () => {
    const { bytes, headerBytes, places } = aSegment(aDozen);
    for (let length = 0; length < bytes.length; length++) {
      const whole = places.filter(({ end }) => end <= length);
      expect(read(bytes.subarray(0, length), aDozen)).toEqual(
        length < headerBytes / 2
          ? undefined
          : idsOf(whole.map(({ frame }) => frame)).join(),
      );
    }
  });

  it('gives all whole records when a range is removed, repeated, overwritten or exchanged', () => {
    const { bytes, headerBytes, places } = aSegment(aDozen);
    const at = fc.nat(bytes.length);
    const cut = (from: number, to: number) => bytes.subarray(from, to);
    const edit = fc
      .tuple(at, at, at)
      .map((three) => three.sort((a, b) => a - b));
    const edits: [string, (a: number, b: number, c: number) => Buffer[]][] = [
      ['removed', (a, b) => [cut(0, a), cut(b, bytes.length)]],
      ['repeated', (a, b) => [cut(0, b), cut(a, bytes.length)]],
      [
        'zeroed',
        (a, b) => [cut(0, a), Buffer.alloc(b - a), cut(b, bytes.length)],
      ],
      [
        'exchanged',
        (a, b, c) => [cut(0, a), cut(b, c), cut(a, b), cut(c, bytes.length)],
      ],
    ];
    for (const [, change] of edits)
      fc.assert(
        fc.property(edit, ([a, b, c]) => {
          const damaged = Buffer.concat(change(a, b, c));
          const found = read(damaged, aDozen)?.split(',');
          // One of the two headers must be where it was.
          const headers = [0, headerBytes / 2].filter((begin) =>
            damaged
              .subarray(begin, begin + headerBytes / 2)
              .equals(bytes.subarray(begin, begin + headerBytes / 2)),
          );
          if (headers.length === 0) return;
          const whole = places.filter(({ begin, end }) =>
            damaged.includes(bytes.subarray(begin, end)),
          );
          expect(found).toEqual(
            expect.arrayContaining(idsOf(whole.map(({ frame }) => frame))),
          );
        }),
        { numRuns: 300 },
      );
  });

  it('takes nothing out of garbage, and does not throw', () => {
    const { bytes, headerBytes } = aSegment(aDozen);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(0, 8, headerBytes / 2, headerBytes),
        (garbage, kept) => {
          const found = decodeSegment(
            Buffer.concat([bytes.subarray(0, kept), garbage]),
          );
          expect(found?.frames ?? []).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['a whole segment', () => aSegment([aFrame(666)]).bytes],
    ['the magic many times', () => Buffer.from('AUDSPOOL'.repeat(500))],
    [
      'the magic with every length',
      () =>
        Buffer.concat(
          Array.from({ length: 400 }, (_, n) => {
            const one = Buffer.alloc(16);
            one.write('AUDSPOOL');
            one.writeUInt32BE(n * 4, 8);
            return one;
          }),
        ),
    ],
    [
      'frames with a marker of its own',
      () => encodeFrames(newMarker(), [aFrame(666)]),
    ],
  ])('cannot be given a record by one that holds %s', (_, content) => {
    const forger = { ...aFrame(0), bytes: content() };
    const frames = [forger, aFrame(1), aFrame(2)];
    const { bytes, headerBytes, places } = aSegment(frames);
    expect(read(bytes, frames)).toBe('r0,r1,r2');
    for (const begin of [0, headerBytes / 2]) {
      const damaged = Buffer.from(bytes);
      damaged[begin + 20]! ^= 1;
      expect(read(damaged, frames)).toBe('r0,r1,r2');
      // The record that holds it damaged, so that what is in it is looked through.
      damaged[places[0]!.begin + 20]! ^= 1;
      expect(read(damaged, frames)).toBe('r1,r2');
      // Without either header nothing can be read, a forged one counts for nothing.
      damaged[20]! ^= 2;
      damaged[headerBytes / 2 + 20]! ^= 2;
      damaged[headerBytes / 2]! ^= 2;
      expect(read(damaged, frames)).toBeUndefined();
    }
  });

  it('is found by its second header when the resource holds the magic', () => {
    const marker = newMarker();
    const source = { resource: { 'service.name': 'AUDSPOOL AUDSPOOL' } };
    const header = encodeHeader({ ...kind, source, marker });
    const bytes = Buffer.concat([header, encodeFrames(marker, aDozen)]);
    bytes[9]! ^= 1;
    expect(read(bytes, aDozen)).toBe(idsOf(aDozen).join());
  });

  it('of another version or of something else is not read', () => {
    const { bytes } = aSegment(aDozen);
    expect(decodeSegment(Buffer.alloc(0))).toBeUndefined();
    const other = Buffer.from(
      bytes.toString('latin1').replaceAll('"version":1', '"version":2'),
      'latin1',
    );
    expect(decodeSegment(other)).toBeUndefined();
  });
});
