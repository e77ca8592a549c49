import fc from 'fast-check';
import { auditEvent } from '../../test/src/arbitrary-audit-event';
import { fromLogRecord } from './from-log-record';
import type { LogRecord } from './log-record';
import { toLogRecord } from './to-log-record';
import { uuidFromName } from './uuid';

const plainRecord: LogRecord = {
  timeUnixNano: 1_768_473_000_000_000_000n,
  observedTimeUnixNano: 0n,
  severityNumber: 9,
  severityText: 'INFO',
  body: 'user logged in',
  attributes: { 'http.request.method': 'POST', color: 'blue' },
  droppedAttributesCount: 0,
  flags: 0,
  traceId: '',
  spanId: '',
  eventName: '',
};
const source = { resource: { 'service.name': 'shop' } };

describe('fromLogRecord', () => {
  it('is the inverse of toLogRecord', () => {
    fc.assert(
      fc.property(auditEvent, (event) => {
        expect(fromLogRecord(toLogRecord(event), undefined)).toEqual(event);
      }),
    );
  });

  it('reads any other log record as an event of its service, and loses nothing of it', () => {
    const event = fromLogRecord(plainRecord, source);
    expect(event).toMatchObject({
      pluginId: 'shop',
      eventId: 'log-record',
      status: 'succeeded',
      severityLevel: 'low',
      actor: { type: 'anonymous', id: 'anonymous' },
      request: { method: 'POST' },
      otlp: { body: 'user logged in', severityText: 'INFO' },
    });
    expect(event.meta).toEqual({ color: 'blue' });
  });

  it('gives a record without an id the same id each time, and another one to another record', () => {
    const again = fromLogRecord({ ...plainRecord }, { ...source });
    const other = fromLogRecord({ ...plainRecord, body: 'out' }, source);
    const id = fromLogRecord(plainRecord, source).id;
    expect(again.id).toBe(id);
    expect(other.id).not.toBe(id);
  });

  it.each([
    [
      'a UUID',
      '01980F5E-7C1A-7B3E-9D52-5F0A6B1C2D3E',
      '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
    ],
    [
      'a ULID',
      '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      '01563e3a-b5d3-d676-4c61-efb99302bd5b',
    ],
    ['any other string', 'order-17', uuidFromName('order-17')],
  ])('takes %s as id and keeps the original', (_, uid, uuid) => {
    const record = {
      ...plainRecord,
      attributes: { 'log.record.uid': uid, 'audit.event.id': 'x' },
    };
    const event = fromLogRecord(record, source);
    expect(event.id).toBe(uuid);
    expect(event.otlp?.attributes).toEqual({ 'log.record.uid': uid });
  });

  it.each([
    [
      'the observed time',
      { timeUnixNano: 0n, observedTimeUnixNano: 5n },
      5n,
      undefined,
    ],
    [
      'the time in the id',
      {
        timeUnixNano: 0n,
        attributes: {
          'log.record.uid': '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
        },
      },
      1_752_604_507_162_000_000n,
      ['time-missing'],
    ],
    ['1970, flagged', { timeUnixNano: 0n }, 0n, ['time-missing']],
  ])('takes %s where the record has no time', (_, fields, time, flags) => {
    const event = fromLogRecord({ ...plainRecord, ...fields }, source);
    expect(event.time).toBe(time);
    expect(event.flags).toEqual(flags);
  });

  it('keeps values that do not fit their place', () => {
    const attributes = {
      'audit.event.id': 'x',
      'audit.severity': 'bogus',
      'audit.action': 7,
      'audit.actor.id': 'plugin:x',
      'audit.actor.type': 'system',
      'user.id': 'somebody-else',
      'audit.status': 'failed',
      'audit.outcome': 'success',
      'audit.meta': 'not json',
    };
    const event = fromLogRecord(
      { ...plainRecord, eventName: 'order.cancelled', attributes },
      source,
    );
    expect(event).toMatchObject({
      severityLevel: 'low',
      status: 'failed',
      actor: { type: 'service', id: 'plugin:x' },
      otlp: {
        eventName: 'order.cancelled',
        attributes: {
          'audit.severity': 'bogus',
          'audit.action': 7,
          'audit.actor.type': 'system',
          'user.id': 'somebody-else',
          'audit.outcome': 'success',
          'audit.meta': 'not json',
        },
      },
    });
  });

  it('reads meta sent as one JSON text', () => {
    const attributes = {
      'audit.event.id': 'x',
      'audit.meta': '{"a":[1,null]}',
    };
    const event = fromLogRecord({ ...plainRecord, attributes }, source);
    expect(event.meta).toEqual({ a: [1, null] });
  });
});
