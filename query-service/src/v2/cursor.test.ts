import fc from 'fast-check';
import { openCursor, sealCursor } from './cursor';

const CONTEXT = {
  key: new Uint8Array(32).fill(7),
  question: '["events","newest",""]',
  subject: 'audit-log-api-access',
};

it('gives back what it was made of', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (place) => {
      const json = JSON.parse(JSON.stringify(place));
      const cursor = sealCursor(json, CONTEXT);
      if (cursor.length <= 1_024)
        expect(openCursor(cursor, CONTEXT)).toEqual(json);
    }),
  );
});

const cursor = sealCursor({ startMs: 1, after: { id: 'x' } }, CONTEXT);
const refused = (text: string) =>
  expect(() => openCursor(text, CONTEXT)).toThrow(
    'cursor must be one that this API gave for the same filters, order and token; begin without a cursor',
  );

it('is refused with any bit flipped', () => {
  const bytes = Buffer.from(cursor, 'latin1');
  for (let i = 0; i < bytes.length * 8; i++) {
    const flipped = Buffer.from(bytes);
    flipped[i >> 3]! ^= 1 << (i & 7);
    refused(flipped.toString('latin1'));
  }
});

it('is refused when it is cut, lengthened, or any text', () => {
  for (let end = 0; end < cursor.length; end++) refused(cursor.slice(0, end));
  for (const more of ['=', '.', 'A', ' ', '\n', '.A']) refused(cursor + more);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), refused));
});

it('is refused for another question, subject and key', () => {
  const others = [
    { question: '["tail",""]' },
    { subject: 'somebody' },
    { key: new Uint8Array(32) },
  ];
  for (const other of others)
    expect(() => openCursor(cursor, { ...CONTEXT, ...other })).toThrow(
      'cursor must be one',
    );
});
