import { jsonRequestOf } from './otlp-json';
import type { EncodingName } from './otlp-request';
import { field } from './protobuf-bytes';

/** A request with the record between two good ones. */
export function amongGoodOnes(
  encoding: EncodingName,
  poison: Uint8Array | string,
): Uint8Array | string {
  const good = ['before', 'after'];
  if (encoding === 'json') {
    const [before, after] = good.map(
      (name) => `{"eventName":"${name}","timeUnixNano":"1"}`,
    );
    return jsonRequestOf(before!, poison as string, after!);
  }
  const time = Buffer.from([0x09, 1, 0, 0, 0, 0, 0, 0, 0]);
  const [before, after] = good.map((name) => field(2, field(12, name), time));
  return field(1, field(2, before!, field(2, poison), after!));
}
