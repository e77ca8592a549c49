import { readDocument } from './kit/documented';
import type { Documented } from './kit/documented';
import { ADMIN_TOKEN, startTestService } from './service';
import type { TestService } from './service';

/** An id that says when it was made. */
const WITH_TIME = '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e';

let service: TestService;
let documented: Documented;
beforeAll(async () => {
  service = await startTestService();
  documented = await readDocument(service);
});
afterAll(() => service.close());

describe('parameters are checked by the bounds and words that are described', () => {
  it('of every operation that reads', async () => {
    const seen = new Set<string>();
    for (const [path, methods] of Object.entries(documented.document.paths)) {
      const { get } = methods;
      for (const { name, in: place, schema } of get?.parameters ?? []) {
        if (place !== 'query' || path.endsWith('/export')) continue;
        // A live tail does not end.
        if (path.endsWith('/tail') && name === 'format') continue;
        // What several paths take is one table's.
        const same = JSON.stringify([name, schema]);
        if (seen.has(same)) continue;
        seen.add(same);
        const given = name === 'meta' ? 'meta.a' : name;
        const status = async (value: unknown) => {
          const query = new URLSearchParams([[given, String(value)]]);
          if (path.endsWith('/tail')) query.append('format', 'json');
          const url = `${path.replace('{id}', WITH_TIME)}?${query.toString()}`;
          const answer = await service.request(url, {
            headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
          });
          const isKnown = !answer.text.includes('expected no parameters');
          const isOk =
            answer.status !== 400 ||
            /start_time must be before|interval must be so long/.test(
              answer.text,
            );
          return isKnown && isOk;
        };
        const words = wordsOf(schema);
        const { minimum, maximum } = schema as Record<string, number>;
        const right = [...words];
        const wrong: unknown[] = words.length > 0 ? ['no-such-word'] : [];
        if (minimum !== undefined) right.push(String(minimum));
        if (maximum !== undefined) right.push(String(maximum));
        if (minimum !== undefined) wrong.push(minimum - 1);
        if (maximum !== undefined) wrong.push(BigInt(maximum) + 1n);
        if (schema['format'] === 'date-time') wrong.push('2026-01-01');
        right.push('');
        // Each word of the fields would take long: the first and the last.
        for (const value of [right[0], right.at(-2) ?? '', ''])
          expect([path, name, value, await status(value)]).toContain(true);
        for (const value of wrong)
          expect([path, name, value, await status(value)]).toContain(false);
      }
    }
  });
});

function wordsOf(schema: object): string[] {
  const { enum: words, items } = schema as {
    enum?: string[];
    items?: { enum?: string[] };
  };
  return words ?? items?.enum ?? [];
}
