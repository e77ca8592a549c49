import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Begun, Contender } from '../contender';

/** Backstage is no dependency of this repository but of its tests, with a lockfile of its own. */
const BACKSTAGE = join(__dirname, '../../../../test/backstage/package.json');

interface Options {
  eventId: string;
  severityLevel: string;
  request: object | undefined;
  meta: object | undefined;
}

/** Whether `npm ci` was run for the Backstage of the tests. */
export function hasBackstage(): boolean {
  try {
    createRequire(BACKSTAGE).resolve('winston');
    return true;
  } catch {
    return false;
  }
}

/** Backstage's `DefaultAuditorService`, as its `WinstonRootAuditorService` sets it up, every event into a file. */
export function backstageDefault(): Contender<Options> {
  const load = createRequire(BACKSTAGE);
  const { WinstonRootAuditorService } = load(
    '@backstage/backend-defaults/auditor',
  );
  const { ConfigReader } = load('@backstage/config');
  const { transports } = load('winston');
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-bench-'));
  const file = new transports.File({ filename: join(folder, 'audit.log') });
  const auditor = WinstonRootAuditorService.create({
    transports: [file],
  }).forPlugin({
    // Low events go to debug by default, which is not written.
    config: new ConfigReader({
      backend: { auditor: { severityLogLevelMappings: { low: 'info' } } },
    }),
    plugin: { getId: () => 'catalog' },
    auth: { getOwnServiceCredentials: async () => ownCredentials, isPrincipal },
    httpAuth: {
      credentials: async (request: ExpressLike) => request.credentials,
    },
  });
  return {
    prepare: ({ eventId, severityLevel, actor, request, meta }) => ({
      eventId,
      severityLevel,
      request: request && {
        ip: actor.ip,
        hostname: actor.hostname,
        originalUrl: request.url,
        method: request.method,
        get: () => actor.userAgent,
        credentials: credentialsOf(actor.actorId),
      },
      meta,
    }),
    createEvent: (options) => auditor.createEvent(options) as Promise<Begun>,
    async close() {
      rmSync(folder, { recursive: true });
    },
  };
}

interface Credentials {
  principal: { type: string; subject?: string; userEntityRef?: string };
}

interface ExpressLike {
  credentials: Credentials;
}

const ownCredentials = credentialsOf('plugin:catalog');

function credentialsOf(actorId: string | undefined): Credentials {
  if (actorId === undefined) return { principal: { type: 'none' } };
  return actorId.startsWith('user:')
    ? { principal: { type: 'user', userEntityRef: actorId } }
    : { principal: { type: 'service', subject: actorId } };
}

function isPrincipal({ principal }: Credentials, type: string): boolean {
  return principal.type === type;
}
