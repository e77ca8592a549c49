import fc from 'fast-check';
import { eventJson } from './event-json';
import { eventFields, isJson } from './event-row';

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
        const json = eventJson(cells);
        expect(json).not.toContain('\n');
        expect(JSON.parse(json)).toEqual(
          Object.fromEntries(eventFields.map((name, i) => [name, texts[i]])),
        );
      },
    ),
  );
});
