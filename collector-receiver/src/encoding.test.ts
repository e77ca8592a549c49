import { statusType } from '../test/kit/otlp-oracle';
import { encodingOf, json, protobuf } from './encoding';

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
      expect(read).toEqual({ code: 14, message });
    },
  );
});
