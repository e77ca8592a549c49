import { retryInfoType, statusType } from '../test/kit/otlp-oracle';
import { encodingOf, json, protobuf } from './encoding';
import { retryInfo } from './status-detail';

describe('encodingOf', () => {
  it.each([
    ['application/x-protobuf', protobuf],
    ['Application/JSON; charset=utf-8', json],
    ['text/plain', undefined],
    ['application/jsonx', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (contentType, expected) => {
    expect(encodingOf(contentType)).toBe(expected);
  });
});

describe('status', () => {
  it.each(['short', 'é'.repeat(300), ''])(
    'in protobuf is a google.rpc.Status: %s',
    (message) => {
      const read = statusType.toObject(
        statusType.decode(protobuf.status(14, message)),
        { defaults: true },
      );
      expect(read).toEqual({ code: 14, message, details: [] });
    },
  );

  it.each([1, 127, 128, 86_400])(
    'has a RetryInfo of %i seconds in both encodings',
    (seconds) => {
      const typeUrl = 'type.googleapis.com/google.rpc.RetryInfo';
      const details = [retryInfo(seconds)];
      const read = statusType.toObject(
        statusType.decode(protobuf.status(14, 'busy', details)),
      );
      expect(read).toMatchObject({
        code: 14,
        message: 'busy',
        details: [{ typeUrl }],
      });
      const info = retryInfoType.decode(read['details'][0].value);
      expect(retryInfoType.toObject(info, { longs: Number })).toEqual({
        retryDelay: { seconds },
      });
      expect(JSON.parse(String(json.status(14, 'busy', details)))).toEqual({
        code: 14,
        message: 'busy',
        details: [{ '@type': typeUrl, retryDelay: `${seconds}s` }],
      });
    },
  );
});
