import { eventFields, isJson } from 'audit-event/store';
import fc from 'fast-check';
import { jsonLine } from './json-line';

const text = fc.option(fc.string({ unit: 'binary' }), { nil: null });

it('is one line that says what the texts say, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.array(text, {
        minLength: eventFields.length,
        maxLength: eventFields.length,
      }),
      (texts) => {
        const cells = texts.map((one, i) =>
          isJson[i] && one !== null ? JSON.stringify(one) : one,
        );
        const line = jsonLine(cells);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line)).toEqual(
          Object.fromEntries(eventFields.map((name, i) => [name, texts[i]])),
        );
      },
    ),
  );
});
