import { once } from 'node:events';
import { createServer } from 'node:http';
import type {
  Server as HttpServer,
  IncomingMessage,
  ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connectionTimes } from '../connection-times';
import { encodingOf } from '../encoding';
import type { FailureName } from '../failure';
import { listen } from '../listen';
import { setImmediate } from 'node:timers/promises';
import type { Logger } from '../logger';
import type { Metrics } from '../metrics';
import type { CertificateWatch } from '../tls/watch-certificates';
import { failureAnswer, send, textAnswer } from './answer';
import type { Answer } from './answer';
import type { createByteBudget } from './byte-budget';
import { createConnectionLimit } from './connection-limit';
import { handleLogs } from './handle-logs';
import type { HandleLogsDeps } from './handle-logs';
import { refuseBrokenRequest } from './refuse-broken-request';

export interface ServerOptions extends Omit<
  HandleLogsDeps,
  'isClosing' | 'hold'
> {
  host: string;
  /** 0 takes any free port. */
  port: number;
  certificates: CertificateWatch | undefined;
  budget: ReturnType<typeof createByteBudget>;
  maxConnections: number;
  /** Why a commit would fail now, or not last, undefined when it would succeed and last. */
  notReady: () => Promise<string | undefined>;
  metrics: Metrics;
  logger: Logger;
}

export interface Server {
  /** Such as `http://127.0.0.1:4318`. */
  url: string;
  /** Takes no new request and resolves when the last one is answered. */
  close(): Promise<void>;
}

const timeouts = {
  keepAliveTimeout: connectionTimes.httpIdle,
  /** From the first byte of a request, so idle connections do not count. */
  headersTimeout: connectionTimes.headers,
  requestTimeout: connectionTimes.request,
  connectionsCheckingInterval: connectionTimes.check,
};

/** Listens for OTLP/HTTP, and for those who ask how the receiver does. */
export async function startServer(options: ServerOptions): Promise<Server> {
  let closing = false;
  const connections = createConnectionLimit(options.maxConnections);
  const deps = {
    ...options,
    isClosing: () => closing,
    hold: connections.hold,
  };

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const share = options.budget.share();
    try {
      const answer = await route(request, response, share, deps);
      if (answer === undefined) return;
      // What came together with the headers is read in a moment.
      if (!request.complete) await setImmediate();
      if (closing || isSpent(request, answer))
        answer.headers['connection'] = 'close';
      send(request, response, answer);
    } catch (error) {
      options.logger.error({ err: error }, 'cannot handle a request');
      if (!response.headersSent)
        send(request, response, failure(request, 'unexpected'));
    } finally {
      share.release();
    }
  }

  const server = createListener(options.certificates);
  const onRequest = (request: IncomingMessage, response: ServerResponse) =>
    void handle(request, response);
  server.on('request', onRequest).on('checkContinue', onRequest);
  server.on('clientError', refuseBrokenRequest);
  server.on('connection', connections.admit);
  const url = await listen(server, {
    host: options.host,
    port: options.port,
    portSetting: 'AUDIT_RECEIVER_HTTP_PORT',
    scheme: options.certificates ? 'https' : 'http',
  });
  return {
    url,
    async close() {
      closing = true;
      const closed = once(server, 'close');
      server.close();
      const timer = setTimeout(
        () => server.closeAllConnections(),
        connectionTimes.close,
      );
      await closed;
      clearTimeout(timer);
    },
  };
}

function createListener(
  certificates: CertificateWatch | undefined,
): HttpServer {
  if (certificates === undefined) return createServer(timeouts);
  const listener = createHttpsServer({
    ...timeouts,
    ...certificates.options(),
  });
  certificates.renew(listener);
  return listener;
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  share: Parameters<typeof handleLogs>[2],
  deps: ServerOptions & HandleLogsDeps,
): Promise<Answer | undefined> {
  const isAuthorized = deps.isAuthorized(request.headers.authorization);
  switch (request.url?.split('?', 1)[0]) {
    case '/v1/logs':
    case '/v1/audit': {
      const answer = await handleLogs(request, response, share, deps);
      if (answer) deps.metrics.answered(answer.status);
      return answer;
    }
    case '/healthz':
      return textAnswer(200, 'ok\n');
    case '/readyz':
      if (deps.isClosing()) return textAnswer(503, 'shutting down\n');
      return readiness(await deps.notReady(), isAuthorized);
    case '/metrics': {
      if (!isAuthorized) return failureAnswer(undefined, 'unauthenticated');
      const { registry } = deps.metrics;
      return textAnswer(200, await registry.metrics(), registry.contentType);
    }
    default:
      return failure(request, 'not-found');
  }
}

/** A failure in the encoding of the request, whatever it was for. */
function failure(request: IncomingMessage, name: FailureName): Answer {
  return failureAnswer(encodingOf(request.headers['content-type']), name);
}

/**
 * Whether the connection is of no use after this answer: a body that the client will send again is not worth reading, and
 * one that waits for 100 Continue may or may not come after a refusal.
 */
function isSpent(request: IncomingMessage, { status }: Answer): boolean {
  const isAwaited = request.headers.expect !== undefined;
  return !request.complete && (status === 503 || isAwaited);
}

/** The reason may name hosts and roles of the database, so strangers are not told. */
function readiness(reason: string | undefined, isAuthorized: boolean): Answer {
  if (reason === undefined) return textAnswer(200, 'ready\n');
  return textAnswer(
    503,
    isAuthorized ? `not ready: ${reason}\n` : 'not ready\n',
  );
}
