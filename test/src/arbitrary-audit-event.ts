import { actorTypes, severityLevels, statuses } from 'audit-event';
import type { AuditEvent, JsonValue } from 'audit-event';
import fc from 'fast-check';

const word = fc.string({ minLength: 1, unit: 'grapheme' });
/** JSON has no negative zero. */
const json = fc
  .jsonValue({ stringUnit: 'grapheme' })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), {
      minLength: length,
      maxLength: length,
    })
    .map((digits) => digits.join(''));
const someOf = <T extends object>(fields: fc.Arbitrary<T>) =>
  maybe(
    fields.filter((value) =>
      Object.values(value).some((field) => field !== undefined),
    ),
  );

/** Any event that our own emitter could send: well-formed text without U+0000, every field present or not. */
export const auditEvent: fc.Arbitrary<AuditEvent> = fc.record({
  id: fc.uuid(),
  operationId: maybe(fc.uuid()),
  time: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
  pluginId: word,
  eventId: word,
  severityLevel: fc.constantFrom(...severityLevels),
  severityNumber: fc.integer({ min: 0, max: 24 }),
  status: fc.constantFrom(...statuses),
  actor: fc.record({
    type: fc.constantFrom(...actorTypes),
    id: word,
    initiatorId: maybe(word),
    ip: maybe(word),
    userAgent: maybe(word),
  }),
  request: someOf(
    fc.record({
      method: maybe(word),
      path: maybe(word),
      query: maybe(word),
      host: maybe(word),
    }),
  ),
  actionType: maybe(word),
  queryType: maybe(word),
  entityRef: maybe(word),
  error: someOf(
    fc.record({
      type: maybe(word),
      message: maybe(word),
      stack: maybe(word),
    }),
  ),
  meta: fc.dictionary(fc.string({ unit: 'grapheme' }), json),
  traceId: maybe(hex(32)),
  spanId: maybe(hex(16)),
  streamId: maybe(fc.uuid()),
  sequence: maybe(fc.nat()),
});
