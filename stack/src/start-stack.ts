import { runReceiver } from 'collector-receiver';
import type { Logger } from 'pino';
import {
  ADMIN_TOKEN_SUBJECT,
  API_TOKEN_SUBJECT,
  ensureSecret,
  startQueryService,
} from 'query-service';
import type { Config } from './config';
import { startEmbeddedPostgres } from './postgres/embedded-postgres';

export interface Stack {
  receiverUrl: string;
  /** Of OTLP/gRPC. */
  receiverGrpcUrl: string;
  queryUrl: string;
  databaseUrl: string;
  /** Where the embedded database lies; undefined with a server of one's own. */
  folder: string | undefined;
  /** Where the secret of `audit-log-api-access` comes from: given as AUDIT_API_TOKEN, made now, or at an earlier start. */
  apiToken: TokenSource;
  /** The same of `audit-log-admin-access` and AUDIT_ADMIN_TOKEN. */
  adminToken: TokenSource;
  /** What the receiver asks of senders, if anything. */
  ingestToken: string | undefined;
  /** Stops answering, then taking, then the database. */
  close(): Promise<void>;
}

/** Only a secret made just now is known; of others the database has the hash. */
export type TokenSource =
  | { from: 'environment' }
  | { from: 'before' }
  | { from: 'now'; secret: string };

export interface StackOptions {
  logger: Logger;
  /** Makes new tokens for the API and the administrator in place of those there are, but for one that a setting gives. */
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
    const { query } = services;
    if (renewToken && query.apiToken && query.adminToken)
      throw new Error(
        'cannot make new tokens: AUDIT_API_TOKEN and AUDIT_ADMIN_TOKEN set them; change them there, or start without one of them',
      );
    const tokenOf = async (
      setting: string | undefined,
      subject: string,
    ): Promise<TokenSource> => {
      if (setting) return { from: 'environment' };
      const options = { renew: renewToken, by: 'npm start' };
      const ensured = await ensureSecret(databaseUrl, subject, options);
      if (ensured.status === 'not-found')
        throw new Error(
          `cannot start: the database has no token ${subject}, which its migrations made: restore its row in audit.token`,
        );
      return ensured.status === 'made'
        ? { from: 'now', secret: ensured.secret }
        : { from: 'before' };
    };
    const receiver = await runReceiver(services.receiver, logger);
    stops.push(() => receiver.close());
    const apiToken = await tokenOf(query.apiToken, API_TOKEN_SUBJECT);
    const adminToken = await tokenOf(query.adminToken, ADMIN_TOKEN_SUBJECT);
    const queryService = await startQueryService(query, { logger });
    stops.push(() => queryService.close());
    return {
      receiverUrl: receiver.url,
      receiverGrpcUrl: receiver.grpcUrl,
      queryUrl: queryService.url,
      databaseUrl,
      folder: embedded?.folder,
      apiToken,
      adminToken,
      ingestToken: services.receiver.ingestToken,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
