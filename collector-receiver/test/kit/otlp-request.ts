import { json, protobuf } from '../../src/encoding';
import type { HttpRequest } from './http-request';
import { toOtlpJson } from './otlp-json';
import { encodeRequest } from './otlp-oracle';

export type EncodingName = 'protobuf' | 'json';

export const contentTypes = {
  protobuf: protobuf.contentType,
  json: json.contentType,
} as const satisfies Record<EncodingName, string>;

/** Log records in protobufjs form in one request: 64-bit integers as text, bytes as Buffer. */
export function requestOfRecords(...logRecords: object[]): object {
  return { resourceLogs: [{ scopeLogs: [{ logRecords }] }] };
}

/** A POST of bytes in an encoding. */
export function postOf(
  encoding: EncodingName,
  body: Uint8Array | string,
): HttpRequest {
  return { headers: { 'content-type': contentTypes[encoding] }, body };
}

/** A POST of a request in protobufjs form. */
export function postRequest(
  encoding: EncodingName,
  request: object,
): HttpRequest {
  return postOf(
    encoding,
    encoding === 'json' ? toOtlpJson(request) : encodeRequest(request),
  );
}
