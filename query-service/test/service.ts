import { loadConfig, startQueryService } from 'query-service';
import type { Config, RunningQueryService, StartDeps } from 'query-service';
import { pino } from 'pino';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';

/** As the guide suggests: 24 random bytes in base64, so with `+`, `/` or `=` in it. */
export const API_TOKEN = 'q7+Zf0/x2JtB4mWvKc9e1sYh+R/aLdUo';

/** Of `audit-log-admin-access`. */
export const ADMIN_TOKEN = 'Zk3+uT7/administrator/w=';

/** What a test looks at in an answer. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  body: any;
}

export interface AdminOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestService {
  database: TestDatabase;
  url: string;
  /** All that the service logged, one JSON text per line. */
  log: string[];
  /** `GET /api/audit-log/v1/audit-event` with the API token. */
  list(query?: string): Promise<Answer>;
  /** Any request, without a token. */
  request(path: string, init?: RequestInit): Promise<Answer>;
  /** A request below `/api/audit-log`, with the token of the administrator; a body that is no text is sent as JSON. */
  admin(method: string, path: string, options?: AdminOptions): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * A query service on a real socket and a database of its own.
 *
 * @example
 * let service: TestService;
 * beforeAll(async () => { service = await startTestService(); });
 * afterAll(() => service.close());
 */
export async function startTestService(
  overrides: Partial<Config> = {},
  limits: StartDeps['limits'] = {},
): Promise<TestService> {
  const database = await createTestDatabase();
  const log: string[] = [];
  const service: RunningQueryService = await startQueryService(
    { ...configOf(overrides.databaseUrl ?? database.url), ...overrides },
    { logger: pino({}, { write: (line) => void log.push(line) }), limits },
  );
  const request = async (path: string, init?: RequestInit) =>
    answerOf(await fetch(service.url + path, init));
  return {
    database,
    url: service.url,
    log,
    request,
    list: (query = '') =>
      request(`/api/audit-log/v1/audit-event${query && `?${query}`}`, {
        headers: { authorization: `Bearer ${API_TOKEN}` },
      }),
    admin: (method, path, { body, headers } = {}) =>
      request(`/api/audit-log${path}`, {
        method,
        headers: {
          authorization: `Bearer ${ADMIN_TOKEN}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      }),
    async close() {
      await service.close();
      await database.drop();
    },
  };
}

/** The settings of a service on a free port. */
export function configOf(databaseUrl: string): Config {
  return loadConfig({
    AUDIT_DATABASE_URL: databaseUrl,
    AUDIT_QUERY_PORT: '0',
    AUDIT_API_TOKEN: API_TOKEN,
    AUDIT_ADMIN_TOKEN: ADMIN_TOKEN,
  });
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = response.headers
    .get('content-type')
    ?.includes('application/json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json && text ? JSON.parse(text) : undefined,
  };
}
