import { once } from 'node:events';
import { createSecureServer, createServer } from 'node:http2';
import type {
  Http2SecureServer,
  Http2Server,
  IncomingHttpHeaders,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import { connectionTimes } from '../connection-times';
import { failureRow } from '../failure';
import type { createByteBudget } from '../http/byte-budget';
import { createConnectionLimit } from '../http/connection-limit';
import type { Server } from '../http/server';
import { listen } from '../listen';
import type { Logger } from '../logger';
import type { Metrics } from '../metrics';
import type { RequestOutcome } from '../store-request';
import type { CertificateWatch } from '../tls/watch-certificates';
import { answerCall, refuseContentType } from './answer-call';
import { handleCall } from './handle-call';
import type { HandleCallDeps } from './handle-call';
import { limitSession } from './limit-session';

export interface GrpcServerOptions extends Omit<HandleCallDeps, 'hold'> {
  host: string;
  /** 0 takes any free port. */
  grpcPort: number;
  certificates: CertificateWatch | undefined;
  budget: ReturnType<typeof createByteBudget>;
  maxConnections: number;
  metrics: Metrics;
  logger: Logger;
}

const settings = {
  // Of one connection. A client with more calls waits, or opens another connection.
  maxConcurrentStreams: 100,
  // Of one call; the default of 64 KiB makes a large message wait for each round trip.
  initialWindowSize: 1024 * 1024,
};

/**
 * Listens for OTLP/gRPC: one unary method, straight on HTTP/2, because grpc-js reads and inflates every message before
 * anyone can refuse it. `close` tells clients to go elsewhere (GOAWAY) and answers the calls that have begun.
 */
export async function startGrpcServer(
  options: GrpcServerOptions,
): Promise<Server> {
  const connections = createConnectionLimit(options.maxConnections);
  const deps = { ...options, hold: connections.hold };
  let closing = false;

  async function handle(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
  ): Promise<void> {
    // A client that resets its call; what follows is `close`.
    stream.on('error', () => undefined);
    if (!isGrpc(headers)) return refuseContentType(stream);
    const share = options.budget.share();
    const answer = (outcome: RequestOutcome) => {
      options.metrics.answeredGrpc(codeOf(outcome));
      answerCall(stream, outcome);
    };
    try {
      const outcome = await handleCall(stream, headers, share, deps);
      if (outcome !== undefined) answer(outcome);
    } catch (error) {
      options.logger.error({ err: error }, 'cannot handle a call');
      if (!stream.headersSent)
        answer({ status: 'failed', failure: 'unexpected' });
    } finally {
      share.release();
    }
  }

  const listener = createListener(options.certificates);
  const sessions = new Set<ServerHttp2Session>();
  listener.on('connection', (socket: Socket) => {
    socket.setKeepAlive(true, connectionTimes.grpcKeepAlive);
    connections.admit(socket);
  });
  listener.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    limitSession(session);
    // One that was shaking hands when `close` came.
    if (closing) session.close();
  });
  listener.on('stream', (stream, headers) => void handle(stream, headers));
  const url = await listen(listener, {
    host: options.host,
    port: options.grpcPort,
    portSetting: 'AUDIT_RECEIVER_GRPC_PORT',
    scheme: options.certificates ? 'https' : 'http',
  });
  return {
    url,
    async close() {
      closing = true;
      const closed = once(listener, 'close');
      listener.close();
      for (const session of sessions) session.close();
      const timer = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, connectionTimes.close);
      await closed;
      clearTimeout(timer);
    },
  };
}

function createListener(
  certificates: CertificateWatch | undefined,
): Http2Server | Http2SecureServer {
  if (certificates === undefined) return createServer({ settings });
  const listener = createSecureServer({ settings, ...certificates.options() });
  certificates.renew(listener);
  return listener;
}

function isGrpc(headers: IncomingHttpHeaders): boolean {
  return /^application\/grpc(\+proto)?(;|$)/.test(
    headers['content-type'] ?? '',
  );
}

function codeOf(outcome: RequestOutcome): number {
  return outcome.status === 'stored' ? 0 : failureRow(outcome.failure).rpc;
}
