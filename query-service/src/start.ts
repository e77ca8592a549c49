import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadCursorKey, loadTokens, touchToken } from 'audit-event/store';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { createFailureLimit } from './access/failure-limit';
import { createRefusals } from './access/refusals';
import { createApp } from './app';
import { createReadings } from './audit/readings';
import { createRecorder } from './audit/recorder';
import type { Config } from './config';
import { openDatabase } from './database';
import { limits } from './limits';
import type { Limits } from './limits';
import { once } from './once';
import { schemaProblem } from './schema-check';
import { createIdentityProvider } from './sign-in/oidc/identity-provider';
import { createSessions } from './sign-in/sessions';
import { lastUsed } from './tokens/last-used';
import { secretsOfSettings } from './tokens/settings-tokens';
import { tokenList } from './tokens/token-list';

/** How long a client may take to send its headers, and its whole request, of which the body is small. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** How long `close` waits for clients that do not read their answer, in milliseconds. */
const CLOSE_MS = 30_000;

export interface RunningQueryService {
  /** Such as `http://127.0.0.1:7420`, with the port that was really taken. */
  url: string;
  /** Answers what has been asked, then closes the socket and the database connections. */
  close(): Promise<void>;
}

export interface StartDeps {
  logger?: Logger | undefined;
  limits?: Partial<Limits> | undefined;
}

/**
 * Starts the query service.
 *
 * @throws when the database cannot be reached, has another schema version than this release, or the port is taken
 * @example
 * const service = await startQueryService(loadConfig(process.env));
 * await service.close();
 */
export async function startQueryService(
  config: Config,
  deps: StartDeps = {},
): Promise<RunningQueryService> {
  const logger = deps.logger ?? pino({ name: 'query-service' });
  // The error carries the whole client object, the key that cancels its queries included: only the message is told.
  const database = openDatabase(config, ({ message }) =>
    logger.warn(`lost an idle connection to the database: ${message}`),
  );
  const recorder = createRecorder(config.databaseUrl);
  const cannotTell = (err: unknown) =>
    logger.error({ err }, "cannot store an event of the audit log's own");
  const readings = createReadings(recorder, cannotTell);
  const refusals = createRefusals(recorder, cannotTell);
  const secrets = secretsOfSettings(config);
  const oidc = config.oidc && {
    config: config.oidc,
    provider: createIdentityProvider(config.oidc),
  };
  const tokens = tokenList({
    load: () => loadTokens(database.tokens),
    secrets,
  });
  const stopping = new AbortController();
  try {
    await requireSchema(database.tokens);
    const app = createApp({
      database,
      logger,
      stopping: stopping.signal,
      limits: { ...limits, ...deps.limits },
      cursorKey: once(() => loadCursorKey(database.tokens)),
      trustedProxies: config.trustedProxies,
      recorder,
      readings,
      refusals,
      tokens,
      secrets,
      sessions: createSessions(database.tokens, tokens),
      oidc,
      failures: createFailureLimit(),
      noteUse: lastUsed({
        touch: (id) => touchToken(database.tokens, id),
        onError: (err) =>
          logger.warn({ err }, 'cannot note the use of a token'),
      }),
    });
    const server = createServer(
      {
        headersTimeout: HEADERS_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
      },
      app,
    );
    await listen(server, config);
    // Only told: whoever signs in makes it be asked again.
    oidc?.provider
      .discover()
      .catch((err: Error) =>
        logger.warn({ err }, `nobody can sign in yet: ${err.message}`),
      );
    return {
      url: urlOf(server),
      async close() {
        stopping.abort();
        await stop(server);
        // What was read and refused is told before the connections go.
        await Promise.all([readings.close(), refusals.close()]);
        await recorder.close();
        await database.close();
      },
    };
  } catch (error) {
    await recorder.close();
    await database.close();
    throw error;
  }
}

async function requireSchema(
  db: Parameters<typeof schemaProblem>[0],
): Promise<void> {
  const problem = await schemaProblem(db).catch((cause: Error) => {
    throw new Error(
      `cannot start: cannot ask the database: ${cause.message || cause.name}`,
      { cause },
    );
  });
  if (problem !== undefined) throw new Error(`cannot start: ${problem}`);
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Error(
          `cannot start: cannot listen on AUDIT_QUERY_HOST ${host}, AUDIT_QUERY_PORT ${port}: ${cause.message}`,
          { cause },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Idle keep-alive connections go at once; those with a request in them soon after it is answered. */
function stop(server: Server): Promise<void> {
  server.keepAliveTimeout = 1;
  // A client that does not read its answer would else keep the service from stopping.
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
  return new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  }).finally(() => clearTimeout(timer));
}
