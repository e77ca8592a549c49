import { createHash } from 'node:crypto';
import { anAuditEvent } from '../../../../test/src/audit-events';
import type { AuditEvent } from '../../audit-event';
import type { JsonValue } from '../../json';
import { fitSizes } from './fit-sizes';
import { sizeCaps } from './size-caps';

const { indexedText, id, text, record, ofLargest } = sizeCaps;
const a = (count: number) => 'a'.repeat(count);
const sha256 = (whole: string) =>
  createHash('sha256').update(whole).digest('hex');
const of = (whole: string) => ({
  bytes: Buffer.byteLength(whole),
  sha256: sha256(whole),
});
const cut = (whole: string, bytes: number = text) => ({
  $truncated: { text: whole.slice(0, bytes), ...of(whole) },
});
const json = (value: JsonValue, bytes: number = ofLargest) => ({
  $truncated: {
    json: JSON.stringify(value).slice(0, bytes),
    ...of(JSON.stringify(value)),
  },
});

describe('fitSizes', () => {
  it.each<[string, Partial<AuditEvent>]>([
    ['an ordinary event', {}],
    ['an indexed text of 1 KiB', { entityRef: a(indexedText) }],
    ['three-byte characters of 1 KiB', { eventId: `${'☃'.repeat(341)}a` }],
    [
      'an id of 128 bytes that is no UUID',
      { otlp: { attributes: { 'log.record.uid': a(id) } } },
    ],
    ['a text of 64 KiB', { error: { message: a(text) } }],
    ['a text of 64 KiB in meta', { meta: { deep: [{ x: a(text) }] } }],
    // "a":"..." is 4 bytes of key and 2 of quotes; the attributes are empty.
    [
      'values of 256 KiB',
      {
        meta: Object.fromEntries(
          ['a', 'b', 'c', 'd'].map((key) => [key, a(record / 4 - 7)]),
        ),
      },
    ],
  ])('leaves %s as it is', (_, fields) => {
    const event = anAuditEvent(fields);
    expect(fitSizes(structuredClone(event))).toEqual(event);
  });

  it.each<[string, Partial<AuditEvent>, Partial<AuditEvent>]>([
    [
      'an indexed text of one byte more, the whole kept',
      { entityRef: a(indexedText + 1) },
      {
        entityRef: a(indexedText),
        otlp: { attributes: { 'audit.target.id': a(indexedText + 1) } },
      },
    ],
    [
      'an indexed text between characters',
      { eventId: `${'☃'.repeat(341)}aa` },
      {
        eventId: `${'☃'.repeat(341)}a`,
        otlp: { attributes: { 'audit.event.id': `${'☃'.repeat(341)}aa` } },
      },
    ],
    [
      'an indexed text of 1 MiB, 64 KiB of it kept',
      { pluginId: a(2 ** 20) },
      {
        pluginId: a(indexedText),
        otlp: { attributes: { 'audit.plugin.id': cut(a(2 ** 20)) } },
      },
    ],
    [
      'an id of 129 bytes that is no UUID',
      { otlp: { attributes: { 'log.record.uid': a(id + 1) } } },
      { otlp: { attributes: { 'log.record.uid': cut(a(id + 1), id) } } },
    ],
    [
      'a text of 64 KiB and a byte, which keeps its place',
      { error: { message: a(text + 1) } },
      {
        error: { message: a(text) },
        otlp: { truncated: { 'exception.message': of(a(text + 1)) } },
      },
    ],
    [
      'a text deep in meta',
      { meta: { deep: [{ x: a(text + 1), y: 1 }] } },
      { meta: { deep: [{ x: cut(a(text + 1)), y: 1 }] } },
    ],
    [
      'a body, an attribute, a severity word and an event name of foreign records',
      {
        otlp: {
          body: a(2 * text),
          severityText: a(2 * text),
          eventName: a(2 * text),
        },
      },
      {
        otlp: {
          body: cut(a(2 * text)),
          severityText: a(text),
          eventName: a(text),
          truncated: {
            severity_text: of(a(2 * text)),
            event_name: of(a(2 * text)),
          },
        },
      },
    ],
    [
      'the largest value when all are a byte over 256 KiB, text or not',
      {
        meta: {
          ...Object.fromEntries(
            ['a', 'b', 'c'].map((key) => [key, a(record / 4 - 7)]),
          ),
          d: [a(record / 4 - 8)],
        },
      },
      {
        meta: {
          ...Object.fromEntries(
            ['a', 'b', 'c'].map((key) => [key, a(record / 4 - 7)]),
          ),
          d: json([a(record / 4 - 8)]),
        },
      },
    ],
    [
      'meta as a whole when its members are too many',
      {
        meta: Object.fromEntries(
          Array.from({ length: 30_000 }, (_, i) => [`key-${i}`, i]),
        ),
      },
      {
        meta: json(
          Object.fromEntries(
            Array.from({ length: 30_000 }, (_, i) => [`key-${i}`, i]),
          ),
        ),
      },
    ],
    [
      'a key of 1 MiB with all of meta',
      { meta: { [a(2 ** 20)]: 1 } },
      { meta: json({ [a(2 ** 20)]: 1 }) },
    ],
  ])('cuts %s', (_, fields, expected) => {
    const event = fitSizes(anAuditEvent(fields));
    expect(event).toMatchObject({ ...expected, flags: ['truncated'] });
    expect(
      Buffer.byteLength(JSON.stringify([event.meta, event.otlp])),
    ).toBeLessThan(record + 1000);
  });

  it('cuts a source once, whatever the size of the record, and flags all its events', () => {
    const source = {
      resource: { 'service.name': 'shop', big: a(text + 1) },
      scopeName: a(text + 1),
      scopeAttributes: { big: a(text + 1) },
    };
    for (let i = 0; i < 2; i++)
      expect(fitSizes(anAuditEvent({ source }), 10)).toMatchObject({
        flags: ['truncated'],
        source: {
          resource: {
            'service.name': 'shop',
            big: cut(a(text + 1)),
            $truncated: { scope_name: of(a(text + 1)) },
          },
          scopeName: a(text),
          scopeAttributes: { big: cut(a(text + 1)) },
        },
      });
  });

  it('does not look at the values of a record that is small on the wire', () => {
    const meta = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('looked');
        },
      },
    );
    expect(fitSizes(anAuditEvent({ meta }), 1000).flags).toBeUndefined();
    expect(() => fitSizes(anAuditEvent({ meta }), 100_000)).toThrow('looked');
  });
});
