import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  loadConfig as loadReceiverConfig,
  runReceiver,
} from 'collector-receiver';
import { pino } from 'pino';
import {
  loadConfig as loadQueryConfig,
  startQueryService,
} from 'query-service';
import { createTestDatabase } from '../../src/database';

const TLS = join(__dirname, '../../../collector-receiver/testdata/tls');

/** What a receiver and a query service that run tell Prometheus. */
export async function ownMetrics(): Promise<string> {
  const database = await createTestDatabase();
  const env = {
    AUDIT_DATABASE_URL: database.url,
    AUDIT_RECEIVER_HTTP_PORT: '0',
    AUDIT_RECEIVER_GRPC_PORT: '0',
    AUDIT_QUERY_PORT: '0',
    AUDIT_RECEIVER_TLS_CERT_FILE: join(TLS, 'server.crt'),
    AUDIT_RECEIVER_TLS_KEY_FILE: join(TLS, 'server.key'),
  };
  const logger = pino({ level: 'silent' });
  const receiver = await runReceiver(loadReceiverConfig(env), logger);
  const query = await startQueryService(loadQueryConfig(env), { logger });
  try {
    const asked = get(`${receiver.url}/metrics`, { rejectUnauthorized: false });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return (
      (await text(answer)) +
      (await (await fetch(`${query.url}/metrics`)).text())
    );
  } finally {
    await query.close();
    await receiver.close();
    await database.drop();
  }
}
