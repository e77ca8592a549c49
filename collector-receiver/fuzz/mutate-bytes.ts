import type { Random } from './random';

/** Bytes that mean something in protobuf, JSON or UTF-8. */
const TELLING = [
  0x00, 0x01, 0x07, 0x08, 0x0a, 0x0b, 0x0c, 0x12, 0x1a, 0x22, 0x2a, 0x2c, 0x2d,
  0x30, 0x32, 0x3a, 0x5b, 0x5c, 0x5d, 0x65, 0x7b, 0x7d, 0x7f, 0x80, 0xc0, 0xed,
  0xf4, 0xff,
];

const MUTATIONS: ((input: Buffer, random: Random, other: Buffer) => Buffer)[] =
  [
    function flipBit(input, random) {
      input[random.below(input.length)]! ^= 1 << random.below(8);
      return input;
    },
    function setByte(input, random) {
      input[random.below(input.length)] = random.pick(TELLING);
      return input;
    },
    /** Of a length in protobuf, mostly. */
    function step(input, random) {
      input[random.below(input.length)]! += random.pick([-1, 1, -2, 2, 16]);
      return input;
    },
    function truncate(input, random) {
      return input.subarray(0, random.below(input.length));
    },
    function remove(input, random) {
      const at = random.below(input.length);
      const count = 1 + random.below(8);
      return Buffer.concat([input.subarray(0, at), input.subarray(at + count)]);
    },
    function insert(input, random) {
      const at = random.below(input.length);
      const some = Array.from({ length: 1 + random.below(4) }, () =>
        random.pick(TELLING),
      );
      return Buffer.concat([
        input.subarray(0, at),
        Buffer.from(some),
        input.subarray(at),
      ]);
    },
    function repeat(input, random) {
      const at = random.below(input.length);
      const part = input.subarray(at, at + 1 + random.below(40));
      return Buffer.concat([input.subarray(0, at), part, input.subarray(at)]);
    },
    function splice(input, random, other) {
      const from = random.below(other.length + 1);
      const part = other.subarray(from, from + random.below(60));
      const at = random.below(input.length);
      return Buffer.concat([
        input.subarray(0, at),
        part,
        input.subarray(at + random.pick([0, part.length])),
      ]);
    },
  ];

/** A request with a few changes to its bytes. */
export function mutateBytes(
  input: Buffer,
  random: Random,
  other: Buffer,
): Buffer {
  let mutated: Buffer = Buffer.from(input);
  for (let left = 1 + random.below(4); left > 0 && mutated.length > 0; left--)
    mutated = random.pick(MUTATIONS)(mutated, random, other);
  return mutated;
}
