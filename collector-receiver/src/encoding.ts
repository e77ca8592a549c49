import { decodeJson } from './decode/decode-json';
import { decodeProtobuf } from './decode/decode-protobuf';
import type { Decoded } from './decode/decoded';
import type { RecordVisitor, Visited } from './transcode/record-visitor';
import { visitJson } from './transcode/visit-json';
import { visitProtobuf } from './transcode/visit-protobuf';
import { field, integer } from './protobuf-field';
import type { StatusDetail } from './status-detail';

/** One of the two encodings of OTLP/HTTP. It is chosen once by the Content-Type; nothing later asks which it is. */
export interface Encoding {
  name: 'protobuf' | 'json';
  /** Of answers, written exactly so: the Collector and Go compare it by equality. */
  contentType: string;
  /** Shows the records of a request one by one. */
  visit: (body: Uint8Array, visitor: RecordVisitor) => Visited;
  /** Reads all records of a request in full. */
  decode: (body: Uint8Array) => Decoded;
  /** An ExportLogsServiceResponse without partial_success, the only success there is. */
  success: Uint8Array;
  /** A google.rpc.Status. */
  status: (
    code: number,
    message: string,
    details?: StatusDetail[],
  ) => Uint8Array;
}

export const protobuf: Encoding = {
  name: 'protobuf',
  contentType: 'application/x-protobuf',
  visit: visitProtobuf,
  decode: decodeProtobuf,
  success: new Uint8Array(0),
  status: (code, message, details = []) =>
    Buffer.concat([
      integer(1, code),
      field(2, Buffer.from(message)),
      ...details.map((detail) => field(3, detail.protobuf)),
    ]),
};

export const json: Encoding = {
  name: 'json',
  contentType: 'application/json',
  visit: visitJson,
  decode: decodeJson,
  success: Buffer.from('{}'),
  status: (code, message, details = []) =>
    Buffer.from(
      JSON.stringify({
        code,
        message,
        ...(details.length > 0 && { details: details.map(({ json }) => json) }),
      }),
    ),
};

/**
 * The encoding that a Content-Type names, undefined for any other type.
 *
 * @example
 * encodingOf('application/json; charset=utf-8')?.name; // 'json'
 */
export function encodingOf(
  contentType: string | undefined,
): Encoding | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return [protobuf, json].find((encoding) => encoding.contentType === type);
}
