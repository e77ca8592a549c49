import { onlyUnreadable } from '../../test/kit/decoded';
import { bytes, field, nestedList, text } from '../../test/kit/protobuf-bytes';
import { decodeProtobuf } from './decode-protobuf';
import { limits } from './limits';

describe('decodeProtobuf with records that cannot be read', () => {
  it.each<[string, string, Uint8Array[]]>([
    ['invalid UTF-8 in a value', 'invalid-utf8', [field(5, text(bytes(0xff)))]],
    [
      'invalid UTF-8 in a key',
      'invalid-utf8',
      [field(6, field(1, bytes(0xc3)))],
    ],
    [
      'an encoded surrogate',
      'invalid-utf8',
      [field(12, bytes(0xed, 0xa0, 0x80))],
    ],
    [
      'a value one level too deep',
      'too-deep',
      [field(5, nestedList(limits.depth + 1))],
    ],
    ['a value 5000 levels too deep', 'too-deep', [field(5, nestedList(5000))]],
    [
      'more values than allowed',
      'too-many-values',
      [
        field(
          5,
          field(5, Buffer.alloc((limits.valuesPerRecord + 1) * 2, '\x0a\0')),
        ),
      ],
    ],
    [
      'split messages beyond the limit',
      'too-scattered',
      [field(5, text('x'.repeat(limits.joinedBytes))), field(5, text('y'))],
    ],
    [
      'a varint of 11 bytes',
      'broken-record',
      [bytes(0x10, ...Array<number>(10).fill(255), 0x18, 0)],
    ],
    [
      'a length of 2^63',
      'broken-record',
      [bytes(0x1a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1)],
    ],
    [
      'a length of 2^32 plus 1',
      'broken-record',
      [bytes(0x1a, 0x81, 0x80, 0x80, 0x80, 0x10, 0x61)],
    ],
    ['a number cut off', 'broken-record', [bytes(0x09, 1, 2)]],
    [
      'a number that begins in one piece of a value and ends in the next',
      'broken-record',
      [field(5, bytes(0x61, 0, 0)), field(5, bytes(0, 0, 0, 0, 0, 0))],
    ],
    ['field number 0', 'broken-record', [bytes(0x02, 0)]],
    ['wire type 6', 'broken-record', [bytes(0x0e, 0)]],
    ['a group that does not end', 'broken-record', [bytes(0xa3, 6)]],
    ['a group that ends another', 'broken-record', [bytes(0xa3, 6, 0xac, 6)]],
    ['a group that only ends', 'broken-record', [bytes(0xa4, 6)]],
  ])(
    'keeps a record with %s aside as %s, whole and alone',
    (_, reason, poison) => {
      const good = field(2, field(3, 'good'));
      const bad = field(2, ...poison);
      const resource = field(
        1,
        field(1, field(1, 'service.name'), field(2, text('shop'))),
      );
      const [ofResource, ofScope] = [field(3, 'url'), field(3, 'other')];
      const decoded = decodeProtobuf(
        field(1, ofResource, resource, field(2, good, ofScope, bad, good)),
      );
      expect(
        decoded.status === 'decoded' &&
          decoded.records.map(({ status }) => status),
      ).toEqual(['read', 'unreadable', 'read']);
      const aside = onlyUnreadable(decoded);
      expect(aside).toMatchObject({
        reason,
        detail: expect.stringMatching(/\w+ .*\(byte \d+\)$/),
      });
      expect(
        field(1, resource, field(2, bad, ofScope), ofResource).equals(
          aside.raw,
        ),
      ).toBe(true);
    },
  );

  it('leaves a very large resource out of the bytes kept aside, which many records would multiply', () => {
    const resource = field(
      1,
      field(
        1,
        field(1, 'k'),
        field(2, text('x'.repeat(limits.rawSourceBytes))),
      ),
    );
    const bad = field(2, bytes(0x0e, 0));
    const aside = onlyUnreadable(
      decodeProtobuf(field(1, resource, field(2, bad))),
    );
    expect(Buffer.from(aside.raw)).toEqual(field(1, field(2, bad)));
  });

  it('keeps the records of an unreadable resource aside, and those of the next resource', () => {
    const records = field(2, field(2, field(3, 'hi')));
    const decoded = decodeProtobuf(
      Buffer.concat([
        field(1, field(1, bytes(0x0e, 0)), records),
        field(1, records),
      ]),
    );
    expect(
      decoded.status === 'decoded' &&
        decoded.records.map(({ status }) => status),
    ).toEqual(['unreadable', 'read']);
  });
});
