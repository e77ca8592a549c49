'use strict';
var __importDefault =
  (this && this.__importDefault) ||
  function (mod) {
    return mod && mod.__esModule ? mod : { default: mod };
  };
Object.defineProperty(exports, '__esModule', { value: true });
exports.auditEvent = void 0;
const audit_event_1 = require('audit-event');
const fast_check_1 = __importDefault(require('fast-check'));
const word = fast_check_1.default.string({ minLength: 1, unit: 'grapheme' });
/** JSON has no negative zero. */
const json = fast_check_1.default
  .jsonValue({ stringUnit: 'grapheme' })
  .map((value) => JSON.parse(JSON.stringify(value)));
const maybe = (of) => fast_check_1.default.option(of, { nil: undefined });
const hex = (length) =>
  fast_check_1.default
    .array(fast_check_1.default.constantFrom(...'0123456789abcdef'), {
      minLength: length,
      maxLength: length,
    })
    .map((digits) => digits.join(''));
const someOf = (fields) =>
  maybe(
    fields.filter((value) =>
      Object.values(value).some((field) => field !== undefined),
    ),
  );
/** Any event that our own emitter could send: well-formed text without U+0000, every field present or not. */
exports.auditEvent = fast_check_1.default.record({
  id: fast_check_1.default.uuid(),
  operationId: maybe(fast_check_1.default.uuid()),
  time: fast_check_1.default.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
  pluginId: word,
  eventId: word,
  severityLevel: fast_check_1.default.constantFrom(
    ...audit_event_1.severityLevels,
  ),
  severityNumber: fast_check_1.default.integer({ min: 0, max: 24 }),
  status: fast_check_1.default.constantFrom(...audit_event_1.statuses),
  actor: fast_check_1.default.record({
    type: fast_check_1.default.constantFrom(...audit_event_1.actorTypes),
    id: word,
    initiatorId: maybe(word),
    ip: maybe(word),
    userAgent: maybe(word),
  }),
  request: someOf(
    fast_check_1.default.record({
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
    fast_check_1.default.record({
      type: maybe(word),
      message: maybe(word),
      stack: maybe(word),
    }),
  ),
  meta: fast_check_1.default.dictionary(
    fast_check_1.default.string({ unit: 'grapheme' }),
    json,
  ),
  traceId: maybe(hex(32)),
  spanId: maybe(hex(16)),
  streamId: maybe(fast_check_1.default.uuid()),
  sequence: maybe(fast_check_1.default.nat()),
});
//# sourceMappingURL=arbitrary-audit-event.js.map
