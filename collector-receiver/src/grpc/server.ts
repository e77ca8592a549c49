import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server as NetServer, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Server as GrpcServer, ServerCredentials } from '@grpc/grpc-js';
import type { handleUnaryCall, ServerOptions } from '@grpc/grpc-js';
import { connectionTimes } from '../connection-times';
import { protobuf } from '../encoding';
import type { Server } from '../http/server';
import { listen } from '../listen';
import type { CertificateWatch } from '../tls/watch-certificates';
import { admit } from './admit';
import type { AdmitDeps } from './admit';
import { handleExport } from './handle-export';
import type { HandleExportDeps } from './handle-export';
import { logsService } from './logs-service';

export interface GrpcServerOptions
  extends HandleExportDeps, Omit<AdmitDeps, 'isClosing'> {
  host: string;
  /** 0 takes any free port. */
  grpcPort: number;
  certificates: CertificateWatch | undefined;
}

const success = Buffer.from(protobuf.success);

/** Of the connection of one sender. A client of gRPC opens no second one: it waits. */
const MAX_CONCURRENT_CALLS = 100;

const connections: ServerOptions = {
  'grpc.max_concurrent_streams': MAX_CONCURRENT_CALLS,
  'grpc.max_connection_idle_ms': connectionTimes.idle,
  // So that senders spread anew over the receivers that are there. The commit of a call takes up to a minute.
  'grpc.max_connection_age_ms': 60 * 60_000,
  'grpc.max_connection_age_grace_ms': 90_000,
  // Finds out that a sender is gone without a word.
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.enable_channelz': 0,
};

/** Listens for OTLP/gRPC. Connections and TLS are ours, what is said on them is up to grpc-js. */
export async function startGrpcServer(
  options: GrpcServerOptions,
): Promise<Server> {
  let closing = false;
  const grpc = new GrpcServer({
    ...connections,
    'grpc.max_receive_message_length': options.maxBodyBytes,
    interceptors: [admit({ ...options, isClosing: () => closing })],
  });
  const handle: handleUnaryCall<Buffer, Buffer> = ({ request }, callback) =>
    void handleExport(request, options).then((failure) =>
      failure ? callback(failure) : callback(null, success),
    );
  grpc.addService(logsService, { export: handle });
  const injector = grpc.createConnectionInjector(
    ServerCredentials.createInsecure(),
  );
  const listener = createListener(options.certificates, (socket) =>
    injector.injectConnection(socket),
  );
  const sockets = new Set<Socket>();
  listener.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
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
      const timer = setTimeout(
        () => grpc.forceShutdown(),
        connectionTimes.close,
      );
      await new Promise((resolve) => grpc.tryShutdown(resolve));
      clearTimeout(timer);
      // Those that are still shaking hands.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function createListener(
  certificates: CertificateWatch | undefined,
  onConnection: (socket: Socket) => void,
): NetServer {
  if (certificates === undefined) return createServer(onConnection);
  const listener = createTlsServer(
    { ...certificates.options(), ALPNProtocols: ['h2'] },
    onConnection,
  );
  certificates.renew(listener);
  return listener;
}
