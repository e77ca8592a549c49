import fc from 'fast-check';
import { bytesOf, readableOf } from './raw-text';

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (text: string) => ({ kind: 'text', text });
const bytes = (text: string) => ({ kind: 'bytes', text });

it.each([
  ['nothing', new Uint8Array(), []],
  ['JSON', utf8('{"a":\n"ä€"}'), [text('{"a":\n"ä€"}')]],
  [
    'protobuf with text in it',
    new Uint8Array([10, 4, ...utf8('task'), 18, 1, 0]),
    [bytes('0a 04'), text('task'), bytes('12 01 00')],
  ],
  [
    'too few letters to be text',
    new Uint8Array([0, 97, 98, 0]),
    [bytes('00 61 62 00')],
  ],
  ['half a character', new Uint8Array([0xc3, 0x28]), [bytes('c3 28')]],
])('shows %s', (_name, given, expected) => {
  expect(readableOf(given)).toEqual(expected);
});

it('reads base64', () => {
  expect(bytesOf('AP8K')).toEqual(new Uint8Array([0, 255, 10]));
});

it('shows every byte once, whatever the bytes are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (given) => {
      const back = readableOf(given).flatMap(({ kind, text }) =>
        kind === 'text'
          ? [...utf8(text)]
          : text.split(' ').map((digits) => Number.parseInt(digits, 16)),
      );
      expect(back).toEqual([...given]);
    }),
  );
});
