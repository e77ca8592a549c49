import { field, integer } from './protobuf-field';

/** One of the `details` of a google.rpc.Status: a message of error_details.proto, wrapped in google.protobuf.Any. */
export interface StatusDetail {
  /** As google.protobuf.Any. */
  protobuf: Uint8Array;
  /** The same in proto3 JSON, where `@type` names the message. */
  json: { '@type': string };
}

/**
 * google.rpc.BadRequest with one violation: what a 400 for bad data should carry
 * (opentelemetry.io/docs/specs/otlp/#bad-data).
 *
 * @example
 * protobuf.status(3, 'cannot read the body', [badRequest('cannot read the body')]);
 */
export function badRequest(description: string): StatusDetail {
  const violation = field(2, Buffer.from(description));
  return detail('BadRequest', field(1, violation), {
    fieldViolations: [{ description }],
  });
}

/**
 * google.rpc.RetryInfo, in whole seconds: what OTLP/gRPC has in place of the header `Retry-After` of HTTP
 * (opentelemetry.io/docs/specs/otlp/#otlpgrpc-throttling).
 */
export function retryInfo(seconds: number): StatusDetail {
  const duration = integer(1, seconds);
  return detail('RetryInfo', field(1, duration), { retryDelay: `${seconds}s` });
}

function detail(
  name: string,
  message: Uint8Array,
  members: object,
): StatusDetail {
  const type = `type.googleapis.com/google.rpc.${name}`;
  return {
    protobuf: Buffer.concat([field(1, Buffer.from(type)), field(2, message)]),
    json: { '@type': type, ...members },
  };
}
