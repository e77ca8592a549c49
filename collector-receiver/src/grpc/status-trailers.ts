import type { OutgoingHttpHeaders } from 'node:http2';
import { protobuf } from '../encoding';
import { failureRow } from '../failure';
import type { RequestOutcome } from '../store-request';

/**
 * What gRPC says at the end of a call. What may heal carries a google.rpc.RetryInfo, without which some senders give
 * up, in both places where they look: Java in the details of the google.rpc.Status
 * (open-telemetry/opentelemetry-java#8843), Python in `google.rpc.retryinfo-bin`.
 */
export function statusTrailers(outcome: RequestOutcome): OutgoingHttpHeaders {
  if (outcome.status === 'stored') return { 'grpc-status': '0' };
  const row = failureRow(outcome.failure);
  const message = (outcome.message ?? row.message).toWellFormed();
  const trailers: OutgoingHttpHeaders = {
    'grpc-status': String(row.rpc),
    // Percent-encoded, as the protocol wants it.
    'grpc-message': encodeURI(message),
  };
  if (row.retryAfter !== undefined) {
    const retryInfo = retryInfoOf(row.retryAfter);
    const details = Buffer.concat([
      protobuf.status(row.rpc, message),
      detailOf(retryInfo),
    ]);
    trailers['google.rpc.retryinfo-bin'] = retryInfo.toString('base64');
    trailers['grpc-status-details-bin'] = details.toString('base64');
  }
  return trailers;
}

/** A google.rpc.RetryInfo: field 1, retry_delay, is a google.protobuf.Duration, whose field 1 is the seconds. */
function retryInfoOf(seconds: number): Buffer {
  return field(1, Buffer.from([0x08, seconds]));
}

/** Field 3, details, of a google.rpc.Status: a google.protobuf.Any. */
function detailOf(retryInfo: Buffer): Buffer {
  const type = Buffer.from('type.googleapis.com/google.rpc.RetryInfo');
  return field(3, Buffer.concat([field(1, type), field(2, retryInfo)]));
}

/** A length-delimited field of less than 128 bytes. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([(number << 3) | 2, content.length]),
    content,
  ]);
}
