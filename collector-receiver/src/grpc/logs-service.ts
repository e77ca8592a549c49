import type { ServiceDefinition } from '@grpc/grpc-js';

const asItIs = (message: Buffer) => message;

/** The logs service of OTLP/gRPC. Messages stay bytes: the decoder is the one of OTLP/HTTP. */
export const logsService = {
  export: {
    path: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: asItIs,
    requestDeserialize: asItIs,
    responseSerialize: asItIs,
    responseDeserialize: asItIs,
  },
} satisfies ServiceDefinition;
