import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { requestType } from '../../../../collector-receiver/test/kit/otlp-oracle';
import { EXPORT } from '../../../../collector-receiver/test/kit/raw-grpc';
import { freePort } from '../../../src/free-port';

/** A team's own OpenTelemetry backend, as the fan-out meets it. */
export interface Backend {
  /** What OTEL_BACKEND_ENDPOINT has to be. */
  endpoint: string;
  /** How many log records it took. */
  taken(): number;
  stop(): Promise<void>;
}

/** Backends by what they do with the copies. */
export const backends = {
  'is turned off': stopped,
  'takes everything': () => grpcBackend(status.OK),
  'is not there': stopped,
  'refuses what it gets': () => grpcBackend(status.PERMISSION_DENIED),
  'asks for patience': () => grpcBackend(status.UNAVAILABLE),
  'accepts connections and never answers': blackHole,
} satisfies Record<string, () => Promise<Backend>>;

async function stopped(): Promise<Backend> {
  const endpoint = `127.0.0.1:${await freePort()}`;
  return { endpoint, taken: () => 0, stop: async () => undefined };
}

async function blackHole(): Promise<Backend> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => 0,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function grpcBackend(code: status): Promise<Backend> {
  let taken = 0;
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  const raw = (message: Buffer) => message;
  server.addService(
    {
      export: {
        path: EXPORT,
        requestStream: false,
        responseStream: false,
        requestSerialize: raw,
        requestDeserialize: raw,
        responseSerialize: raw,
        responseDeserialize: raw,
      },
    },
    {
      export(
        { request }: ServerUnaryCall<Buffer, Buffer>,
        answer: sendUnaryData<Buffer>,
      ) {
        if (code !== status.OK) return answer({ code });
        taken += recordsIn(request);
        return answer(null, Buffer.alloc(0));
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      '127.0.0.1:0',
      ServerCredentials.createInsecure(),
      (error, bound) => (error ? reject(error) : resolve(bound)),
    );
  });
  return {
    endpoint: `127.0.0.1:${port}`,
    taken: () => taken,
    stop: async () => server.forceShutdown(),
  };
}

interface Request {
  resourceLogs?: { scopeLogs?: { logRecords?: unknown[] }[] }[];
}

function recordsIn(body: Buffer): number {
  const { resourceLogs = [] } = requestType.toObject(
    requestType.decode(body),
  ) as Request;
  return resourceLogs
    .flatMap(({ scopeLogs = [] }) => scopeLogs)
    .reduce((sum, { logRecords = [] }) => sum + logRecords.length, 0);
}
