const MINUTE = 60_000;

/** Times of connections and requests, in milliseconds. */
export const connectionTimes = {
  /** Longer than the 90 s for which Go's pool keeps a connection, which would else meet one that is just closing. */
  httpIdle: 150_000,
  /** Longer than the 30 minutes after which gRPC clients in Go, Java, C++ and Python let an idle connection go. */
  grpcIdle: 35 * MINUTE,
  /** After which a gRPC connection is replaced, so that senders spread over the receivers that are there. */
  grpcAge: 60 * MINUTE,
  /** After which the operating system asks a silent gRPC client whether it is still there. */
  grpcKeepAlive: MINUTE,
  /** For a TLS handshake, and for the headers of an HTTP request. */
  headers: 10_000,
  /** For a whole request to arrive. */
  request: 30_000,
  /** How often slow HTTP requests are looked for. */
  check: 5_000,
  /** How long `close` waits for requests before it cuts their connections. */
  close: 30_000,
} as const;
