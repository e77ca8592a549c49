import { randomBytes } from 'node:crypto';
import { loadTokens } from 'audit-event/store';
import { runReceiver } from 'collector-receiver';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { API_TOKEN_SUBJECT, setSecret, startQueryService } from 'query-service';
import type { Config } from './config';
import { startEmbeddedPostgres } from './postgres/embedded-postgres';

/** 24 bytes, as Portal's guide suggests, in letters that need no quoting in a shell. */
const TOKEN_BYTES = 24;

export interface Stack {
  receiverUrl: string;
  /** Of OTLP/gRPC. */
  receiverGrpcUrl: string;
  queryUrl: string;
  databaseUrl: string;
  /** Where the embedded database lies; undefined with a server of one's own. */
  folder: string | undefined;
  /** Where the secret of `audit-log-api-access` comes from: given as AUDIT_API_TOKEN, made now, or at an earlier start. */
  apiToken: ApiToken;
  /** What the receiver asks of senders, if anything. */
  ingestToken: string | undefined;
  /** Stops taking, then answering, then the database. */
  close(): Promise<void>;
}

/** Only a secret made just now is known; of others the database has the hash. */
export type ApiToken =
  | { from: 'environment' }
  | { from: 'before' }
  | { from: 'now'; secret: string };

export interface StackOptions {
  logger: Logger;
  /** Makes a new API token in place of the one there is. */
  renewToken?: boolean | undefined;
}

/**
 * Starts everything in this process: Postgres, unless the settings name a server, then the receiver, which migrates,
 * then the query service.
 *
 * @throws when a part does not start; what had started is stopped again
 * @example
 * const stack = await startStack(loadConfig(process.env), { logger: pino() });
 */
export async function startStack(
  config: Config,
  { logger, renewToken = false }: StackOptions,
): Promise<Stack> {
  const stops: (() => Promise<void>)[] = [];
  const close = async () => {
    const errors: unknown[] = [];
    for (const stop of stops.splice(0).reverse())
      await stop().catch((error: unknown) => errors.push(error));
    // One part that does not stop must not keep the others, the database last of all, from stopping.
    if (errors.length > 0) throw errors[0];
  };
  try {
    const embedded = config.databaseUrl
      ? undefined
      : await startEmbeddedPostgres(config.dataDirectory);
    if (embedded) stops.push(() => embedded.stop());
    const databaseUrl = embedded?.url ?? config.databaseUrl!;
    const services = config.services(databaseUrl);
    if (renewToken && services.query.apiToken)
      throw new Error(
        'cannot make a new API token: AUDIT_API_TOKEN sets it; change it there, or start without it',
      );
    const receiver = await runReceiver(services.receiver, logger);
    stops.push(() => receiver.close());
    const apiToken: ApiToken = services.query.apiToken
      ? { from: 'environment' }
      : await ensureApiToken(databaseUrl, renewToken);
    const queryService = await startQueryService(services.query, { logger });
    stops.push(() => queryService.close());
    return {
      receiverUrl: receiver.url,
      receiverGrpcUrl: receiver.grpcUrl,
      queryUrl: queryService.url,
      databaseUrl,
      folder: embedded?.folder,
      apiToken,
      ingestToken: services.receiver.ingestToken,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gives `audit-log-api-access` a secret on the first start, or when asked. */
async function ensureApiToken(
  databaseUrl: string,
  renew: boolean,
): Promise<ApiToken> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const entries = await loadTokens(client);
    const entry = entries.find(({ subject }) => subject === API_TOKEN_SUBJECT);
    if (entry?.secretSha256 && !renew) return { from: 'before' };
    const secret = randomBytes(TOKEN_BYTES).toString('base64url');
    await setSecret(client, API_TOKEN_SUBJECT, secret);
    return { from: 'now', secret };
  } finally {
    await client.end();
  }
}
