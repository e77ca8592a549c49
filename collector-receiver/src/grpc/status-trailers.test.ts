import { parse } from 'protobufjs';
import { statusTrailers } from './status-trailers';

const { root } = parse(`
  syntax = "proto3";
  message Any { string type_url = 1; bytes value = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message Duration { int64 seconds = 1; int32 nanos = 2; }
  message RetryInfo { Duration retry_delay = 1; }
`);
const decode = (type: string, base64: unknown) => {
  const message = root.lookupType(type);
  return message.toObject(
    message.decode(Buffer.from(String(base64), 'base64')),
    { bytes: String, longs: Number },
  );
};

describe('statusTrailers', () => {
  it('is short for a success', () => {
    expect(statusTrailers({ status: 'stored' })).toEqual({
      'grpc-status': '0',
    });
  });

  it('says in both places when to try again', () => {
    const trailers = statusTrailers({
      status: 'failed',
      failure: 'not-committed',
    });
    expect(trailers['grpc-status']).toBe('14');
    const retryInfo = { retryDelay: { seconds: 2 } };
    expect(decode('RetryInfo', trailers['google.rpc.retryinfo-bin'])).toEqual(
      retryInfo,
    );
    const status = decode('Status', trailers['grpc-status-details-bin']);
    expect(status).toMatchObject({
      code: 14,
      message: 'cannot confirm that the records are stored: send again',
      details: [{ typeUrl: 'type.googleapis.com/google.rpc.RetryInfo' }],
    });
    expect(decode('RetryInfo', status['details'][0].value)).toEqual(retryInfo);
  });

  it('has no RetryInfo for what would fail again', () => {
    expect(statusTrailers({ status: 'failed', failure: 'malformed' })).toEqual({
      'grpc-status': '3',
      'grpc-message': 'cannot%20read%20the%20body',
    });
  });

  it('escapes what a header cannot hold', () => {
    const outcome = {
      status: 'failed',
      failure: 'malformed',
      message: 'grüße\r\n100% \ud800',
    } as const;
    const message = String(statusTrailers(outcome)['grpc-message']);
    expect(message).toMatch(/^[\x20-\x7e]+$/);
    expect(decodeURIComponent(message)).toBe('grüße\r\n100% \ufffd');
  });
});
