import { ProtobufWriter } from './protobuf-writer';

const HEAD = Buffer.from([0x0a, 1, 0x61, 0x12]);

/** What could be torn apart when the buffer grows in the middle of it. */
const fields: [string, (writer: ProtobufWriter) => void][] = [
  ['an empty text', (writer) => writer.text(1, '')],
  ['a text of one character', (writer) => writer.text(1, 'b')],
  ['a text of three bytes', (writer) => writer.text(1, '€')],
  [
    'a text whose length takes more bytes than its characters would',
    (writer) => writer.text(1, 'ü'.repeat(100)),
  ],
  ['hexadecimal digits', (writer) => writer.hex(9, '00ff')],
  ['a number', (writer) => writer.fixed64(1, 2n ** 63n)],
  [
    'a nested message of a few bytes',
    (writer) => {
      const start = writer.open(15);
      writer.raw(HEAD);
      writer.close(start);
    },
  ],
  [
    'a nested message whose length takes two bytes',
    (writer) => {
      const start = writer.open(15);
      writer.raw(Buffer.alloc(200, 'x'));
      writer.close(start);
    },
  ],
];

describe('ProtobufWriter', () => {
  it.each(fields)('grows its buffer at any byte of %s', (_, write) => {
    const alone = new ProtobufWriter();
    write(alone);
    const expected = hex(alone.finish());
    for (let before = 16_000; before < 16_400; before++) {
      const writer = new ProtobufWriter();
      writer.raw(Buffer.alloc(before));
      write(writer);
      expect(hex(writer.finish().subarray(before))).toBe(expected);
    }
  });

  it.each([0, 1, 13, 110, 113, 116, 127, 128, 16_370, 16_384, 50_000])(
    'writes a pair of a text of %d characters as a message in a message',
    (length) => {
      const value = 'v'.repeat(length);
      const writer = new ProtobufWriter();
      expect(writer.asciiPair(6, HEAD, value)).toBe(true);
      const pair = writer.finish();
      const start = writer.open(6);
      writer.text(1, 'a');
      const inner = writer.open(2);
      writer.text(1, value);
      writer.close(inner);
      writer.close(start);
      expect(pair).toEqual(writer.finish());
    },
  );

  it.each(['ü', 'v'.repeat(13) + '€', '\ud800'])(
    'leaves nothing behind of the pair of a text that is not ASCII: %j',
    (value) => {
      const writer = new ProtobufWriter();
      writer.text(1, 'before');
      expect(writer.asciiPair(6, HEAD, value)).toBe(false);
      const bytes = writer.finish();
      writer.text(1, 'before');
      expect(bytes).toEqual(writer.finish());
    },
  );
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
