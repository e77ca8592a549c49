import { jsonEncoding } from './encode-json';
import { judgeAnswer } from './judge-answer';

const encoding = jsonEncoding();
const judge = (code: number, body = '', retryAfterMs?: number) =>
  judgeAnswer(
    { status: 'answered', code, body: Buffer.from(body), retryAfterMs },
    encoding,
  );

describe('judgeAnswer', () => {
  it.each([
    [200, 'sent'],
    [202, 'sent'],
    [301, 'retry-slowly'],
    [307, 'retry-slowly'],
    [400, 'bisect'],
    [401, 'retry-slowly'],
    [403, 'retry-slowly'],
    [404, 'retry-slowly'],
    [405, 'retry-slowly'],
    [408, 'retry'],
    [409, 'bisect'],
    [413, 'bisect'],
    [415, 'bisect'],
    [418, 'retry-slowly'],
    [422, 'bisect'],
    [429, 'retry'],
    [500, 'broken'],
    [501, 'broken'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'retry'],
    [505, 'broken'],
    [0, 'retry-slowly'],
  ])('takes status %i as %s', (code, status) => {
    expect(judge(code).status).toBe(status);
  });

  it('takes a lost connection as retry', () => {
    expect(
      judgeAnswer({ status: 'unreachable', reason: 'ECONNRESET' }, encoding),
    ).toEqual({
      status: 'retry',
      reason: 'ECONNRESET',
      afterMs: 0,
      isAway: true,
    });
  });

  it('passes on how long to wait, and what was said', () => {
    expect(judge(503, '{"message":"database is down"}', 2000)).toEqual({
      status: 'retry',
      reason: 'status 503, database is down',
      afterMs: 2000,
      isAway: false,
    });
  });

  it.each([
    [
      'that rejects records as bisect',
      '{"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"bad"}}',
      { status: 'bisect', reason: 'partial success, bad' },
    ],
    [
      'with a message alone as sent with a warning',
      '{"partialSuccess":{"errorMessage":"slow down"}}',
      { status: 'sent', warning: 'slow down' },
    ],
    [
      'that is empty as sent',
      '{"partialSuccess":{}}',
      { status: 'sent', warning: '' },
    ],
  ])('takes a partial success %s', (_, body, verdict) => {
    expect(judge(200, body)).toEqual(verdict);
  });
});
