import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SettingsInput } from 'auditor-otel';
import { startChild } from './child';
import { freePort } from './free-port';
import { installBackstage } from './install-backstage';

/** How a Backstage is set up. */
export interface BackstageOptions {
  /** A database of its own, or one in which it may make schemas named like its plugins. */
  databaseUrl: string;
  otlpEndpoint: string;
  /** More settings under `auditorOtel`. */
  auditorOtel?: SettingsInput | undefined;
}

/** A real Backstage backend, running as a process of its own. */
export interface Backstage {
  url: string;
  /** Of `user:default/john`. */
  userToken: string;
  /** A static token with the subject `ci-bot`. */
  ciBotToken: string;
  /** A static token with the subject `external:dashboards`. */
  dashboardsToken: string;
  /** Calls a path, such as `/api/catalog/entities`, with a token or without. */
  get(path: string, token?: string): Promise<Response>;
  /** The console lines of the auditor so far. */
  consoleLines(): Record<string, unknown>[];
  /** All that it has printed so far. */
  output(): string;
  /** Ends it with SIGTERM, as Kubernetes does; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts a Backstage backend with the catalog, audited by the built auditor-otel. The first start on a machine installs its
 * packages (about a minute).
 *
 * | call | audit events |
 * |---|---|
 * | its start | `desk.opening` high, actor `plugin:desk`, no request |
 * | `/api/catalog/entities` and the other routes of the catalog | `catalog.entity-fetch` and so on, actor of the token |
 * | `/api/search/own` | `catalog.entity-fetch`, actor `plugin:search` |
 * | `/api/search/on-behalf` with the user's token | `catalog.entity-fetch`, actor the user, initiator `plugin:search` |
 * | `/api/scaffolder/run` | `scaffolder.task` medium, actor `plugin:scaffolder`, initiator `user:default/john` |
 * | `/api/desk/visit`, open to all, `?fail`, `?severity=<word>` | `desk.visit` medium; anonymous without a valid token |
 *
 * @example
 * const backstage = await startBackstage({ databaseUrl: database.url, otlpEndpoint: 'http://127.0.0.1:4318' });
 * await backstage.get('/api/catalog/entities', backstage.userToken);
 * await backstage.stop();
 */
export async function startBackstage(
  options: BackstageOptions,
): Promise<Backstage> {
  await installBackstage();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const ciBotToken = randomUUID();
  const dashboardsToken = randomUUID();
  const { otlpEndpoint: endpoint, auditorOtel } = options;
  const child = startChild('test/backstage/backend.cjs', [], {
    NODE_ENV: 'production',
    BACKSTAGE_DATABASE_URL: options.databaseUrl,
    BACKSTAGE_PORT: String(port),
    BACKSTAGE_AUDITOR_OTEL: JSON.stringify({
      endpoint,
      spool: { directory: mkdtempSync(join(tmpdir(), 'audit-spool-')) },
      ...auditorOtel,
    }),
    BACKSTAGE_UNRESTRICTED_TOKEN: ciBotToken,
    BACKSTAGE_EXTERNAL_TOKEN: dashboardsToken,
  });
  try {
    await child.prints('"ready":true');
  } catch (error) {
    await child.kill('SIGKILL');
    throw error;
  }
  const lines = () => linesIn(child.output());
  const { userToken } = lines().find((line) => line['ready'] === true)!;
  return {
    url,
    userToken: String(userToken),
    ciBotToken,
    dashboardsToken,
    get: (path, token) =>
      fetch(`${url}${path}`, {
        headers:
          token === undefined ? {} : { authorization: `Bearer ${token}` },
      }),
    consoleLines: () => lines().filter((line) => line['isAuditEvent'] === true),
    output: () => child.output(),
    stop: async () => (await child.kill('SIGTERM'))[0],
  };
}

/** The lines that are JSON objects, as Backstage logs in production. */
function linesIn(output: string): Record<string, unknown>[] {
  return output.split('\n').flatMap((line) => {
    try {
      return line.startsWith('{')
        ? [JSON.parse(line) as Record<string, unknown>]
        : [];
    } catch {
      return [];
    }
  });
}
