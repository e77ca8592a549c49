/** Times of connections and requests, in milliseconds, the same for OTLP/HTTP and OTLP/gRPC. */
export const connectionTimes = {
  /** Longer than the 90 s for which Go's pool keeps a connection, which would else meet one that is just closing. */
  idle: 150_000,
  /** For a TLS handshake, and for the headers of an HTTP request. */
  headers: 10_000,
  /** For a whole request to arrive. */
  request: 30_000,
  /** How often slow HTTP requests are looked for. */
  check: 5_000,
  /** How long `close` waits for requests before it cuts their connections. */
  close: 30_000,
} as const;
