interface FailureRow {
  http: number;
  /** https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
  rpc: number;
  /** Seconds after which a retry may help. Absent: the same request fails again. */
  retryAfter?: number;
  message: string;
}

/**
 * Every way a request can fail. OpenTelemetry senders delete on any status but 429, 502, 503 and 504
 * (opentelemetry.io/docs/specs/otlp/#failures), so all that may heal is 503, an unknown error of ours included.
 */
const failures = {
  malformed: { http: 400, rpc: 3, message: 'cannot read the body' },
  'corrupt-compression': {
    http: 400,
    rpc: 3,
    message: 'cannot decompress the body',
  },
  unauthenticated: {
    http: 401,
    rpc: 16,
    message:
      'expected "Authorization: Bearer <token>" with the token of AUDIT_INGEST_TOKEN',
  },
  'not-found': {
    http: 404,
    rpc: 5,
    message: 'expected the path /v1/logs or /v1/audit',
  },
  'unknown-method': {
    http: 404,
    rpc: 12,
    message:
      'expected opentelemetry.proto.collector.logs.v1.LogsService/Export',
  },
  'wrong-method': { http: 405, rpc: 12, message: 'expected the method POST' },
  'too-large': {
    http: 413,
    rpc: 8,
    message: 'the request is larger than this receiver takes',
  },
  'unsupported-type': {
    http: 415,
    rpc: 3,
    message: 'expected Content-Type application/x-protobuf or application/json',
  },
  'unsupported-compression': {
    http: 415,
    rpc: 12,
    message:
      'expected the compression gzip, deflate, zstd (where Node.js has it) or none',
  },
  'too-slow': {
    http: 503,
    rpc: 14,
    retryAfter: 1,
    message: 'the request did not arrive in time',
  },
  overloaded: {
    http: 503,
    rpc: 14,
    retryAfter: 1,
    message:
      'too many bytes are in flight (AUDIT_RECEIVER_MAX_IN_FLIGHT_BYTES): send again',
  },
  'shutting-down': {
    http: 503,
    rpc: 14,
    retryAfter: 1,
    message: 'this receiver is shutting down: send again, to another one',
  },
  'not-ready': {
    http: 503,
    rpc: 14,
    retryAfter: 2,
    message: 'a commit might not last now: send again',
  },
  'not-committed': {
    http: 503,
    rpc: 14,
    retryAfter: 2,
    message: 'cannot confirm that the records are stored: send again',
  },
  unexpected: {
    http: 503,
    rpc: 14,
    retryAfter: 2,
    message: 'an error of the receiver: send again',
  },
} as const satisfies Record<string, FailureRow>;

export type FailureName = keyof typeof failures;

/**
 * What to answer to a failure.
 *
 * @example
 * failureRow('overloaded').http; // 503
 */
export function failureRow(name: FailureName): FailureRow {
  return failures[name];
}
