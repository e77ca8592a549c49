import { fieldNames } from 'audit-event/store';
import fc from 'fast-check';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import { asker } from './ask';
import { startTestService } from './service';
import type { TestService } from './service';

let service: TestService;
const ask = asker(() => service);
beforeAll(async () => {
  service = await startTestService();
  const planter = await createPlanter(service.database.url);
  await planter.plant([anAuditEvent(), anAuditEvent({ status: 'failed' })]);
  await planter.close();
});
afterAll(() => service.close());

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    "'",
    "' or 1=1 --",
    '\\',
    '%_*',
    '{}',
    '"',
    '\0',
    '*',
    String.raw`\*`,
    '-1',
    '1e9',
    '9007199254740993',
    '0..9007199254740991',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    'null',
    'succeeded',
    'plugin_id',
    'status,plugin_id',
    '3600',
    '1d',
    '\u{1f600}',
    'a,b;c',
  ),
);
const name = fc.oneof(
  fc.constantFrom(
    ...fieldNames,
    'q',
    'has',
    'start_time',
    'end_time',
    'recorded_start_time',
    'recorded_end_time',
    'limit',
    'order',
    'cursor',
    'field',
    'by',
    'interval',
    'contains',
    'format',
    'after_time',
    'after_id',
  ),
  fc.string({ unit: 'binary', maxLength: 10 }).map((key) => `meta.${key}`),
  fc.string({ unit: 'binary', maxLength: 10 }),
);
const parameter = fc.tuple(name, fc.constantFrom('', '!'), value);
const PATHS = ['events', 'events/x', 'facets', 'histogram', 'stats', 'tail'];

it.each(PATHS)(
  '%s answers 200, or 400 with one sentence, whatever is asked',
  async (path) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(parameter, { maxLength: 4 }),
        async (parameters) => {
          const query = new URLSearchParams(
            parameters.map(([key, not, text]): [string, string] => [
              key + not,
              text.toWellFormed(),
            ]),
          );
          if (path === 'tail') query.set('format', 'json');
          const { status, body } = await ask(`${path}?${query.toString()}`);
          if (status === 400)
            expect(body.error).toEqual({
              name: 'InputError',
              message: expect.stringMatching(/^[^\n]{10,2000}$/),
            });
          else expect(path === 'events/x' ? [404] : [200]).toContain(status);
        },
      ),
      { numRuns: 250 },
    );
    expect(service.log.filter((line) => line.includes('internal'))).toEqual([]);
  },
);
