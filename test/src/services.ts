import {
  loadConfig as loadReceiverConfig,
  runReceiver,
} from 'collector-receiver';
import { pino } from 'pino';
import {
  loadConfig as loadQueryConfig,
  startQueryService,
} from 'query-service';

/** An event as API v1 tells it. */
export interface EventV1 {
  id: string;
  event_time: string;
  recorded_at: string;
  plugin_id: string;
  event_id: string;
  severity_level: string;
  status: string;
  actor_type: string;
  actor_id: string;
  request_method: string | null;
  request_url: string | null;
  action_type: string | null;
  query_type: string | null;
  entity_ref: string | null;
  meta: Record<string, unknown>;
}

export interface Services {
  receiverUrl: string;
  receiverGrpcUrl: string;
  queryUrl: string;
  /** Asks API v1, with the query string given. */
  ask(query: string): Promise<{ data: EventV1[]; total: number }>;
  close(): Promise<void>;
}

const API_TOKEN = 'test-token-of-the-api';

/**
 * Receiver and query service on a database, on free ports, in this process.
 *
 * @example
 * const services = await startServices(database.url);
 * const { data } = await services.ask('plugin_id=catalog');
 */
export async function startServices(databaseUrl: string): Promise<Services> {
  const env = {
    AUDIT_DATABASE_URL: databaseUrl,
    AUDIT_RECEIVER_HTTP_PORT: '0',
    AUDIT_RECEIVER_GRPC_PORT: '0',
    AUDIT_QUERY_PORT: '0',
    AUDIT_API_TOKEN: API_TOKEN,
  };
  const logger = pino({ level: 'warn' }, pino.destination(2));
  const receiver = await runReceiver(loadReceiverConfig(env), logger);
  const query = await startQueryService(loadQueryConfig(env), { logger });
  return {
    receiverUrl: receiver.url,
    receiverGrpcUrl: receiver.grpcUrl,
    queryUrl: query.url,
    async ask(search) {
      const answer = await fetch(
        `${query.url}/api/audit-log/v1/audit-event?${search}`,
        { headers: { authorization: `Bearer ${API_TOKEN}` } },
      );
      if (answer.status !== 200)
        throw new Error(
          `expected 200, got ${answer.status}: ${await answer.text()}`,
        );
      return (await answer.json()) as { data: EventV1[]; total: number };
    },
    async close() {
      await query.close();
      await receiver.close();
    },
  };
}
