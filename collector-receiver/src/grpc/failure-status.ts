import { Metadata } from '@grpc/grpc-js';
import { protobuf } from '../encoding';
import { failureRow } from '../failure';
import type { FailureName } from '../failure';

/** How a call ends that was not a success. */
export interface FailureStatus {
  code: number;
  details: string;
  metadata: Metadata;
}

/**
 * A failure as gRPC tells it. What may heal carries a google.rpc.RetryInfo, without which some senders give up, in
 * both places where they look: Java in the details of the google.rpc.Status (open-telemetry/opentelemetry-java#8843),
 * Python in `google.rpc.retryinfo-bin`.
 */
export function failureStatus(
  name: FailureName,
  message?: string,
): FailureStatus {
  const { rpc, retryAfter, message: general } = failureRow(name);
  // A lone surrogate would make grpc-js throw when it escapes the text.
  const details = (message ?? general).toWellFormed();
  const metadata = new Metadata();
  if (retryAfter !== undefined) {
    const retryInfo = retryInfoOf(retryAfter);
    metadata.set('google.rpc.retryinfo-bin', retryInfo);
    metadata.set(
      'grpc-status-details-bin',
      Buffer.concat([protobuf.status(rpc, details), detailOf(retryInfo)]),
    );
  }
  return { code: rpc, details, metadata };
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
