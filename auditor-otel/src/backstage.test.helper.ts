import type {
  AuditorServiceCreateEventOptions,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { ActorDeps } from './backstage-actor';

/** Credentials as Backstage makes them. */
export function credentialsOf(principal: object): BackstageCredentials {
  return { $$type: '@backstage/BackstageCredentials', principal };
}

/** The auth service of a plugin, as far as an auditor uses it. */
export function fakeAuth(pluginId: string): ActorDeps['auth'] {
  return {
    async getOwnServiceCredentials() {
      const principal = {
        type: 'service',
        subject: `plugin:${pluginId}`,
      } as const;
      return { $$type: '@backstage/BackstageCredentials', principal };
    },
    isPrincipal: ((credentials: BackstageCredentials, type: string) =>
      (credentials.principal as { type: string }).type ===
      type) as ActorDeps['auth']['isPrincipal'],
  };
}

/** A request as Express hands it over. */
export function aRequest(
  fields: object = {},
): NonNullable<AuditorServiceCreateEventOptions['request']> {
  return {
    method: 'GET',
    originalUrl: '/api/catalog/entities?token=abc&limit=5',
    ip: '10.0.0.1',
    hostname: 'backstage.example.com',
    get: (name: string) => (name === 'user-agent' ? 'curl/8' : undefined),
    ...fields,
  } as unknown as NonNullable<AuditorServiceCreateEventOptions['request']>;
}

/** A call of a logger: what its child loggers added, the level, and the arguments. */
export type LogCall = [context: object, level: string, ...args: unknown[]];

/** A logger that writes down its calls. */
export function recordingLogger(
  calls: LogCall[],
  context: object = {},
): LoggerService {
  const at =
    (level: string) =>
    (...args: unknown[]) =>
      void calls.push([context, level, ...args]);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (more) => recordingLogger(calls, { ...context, ...more }),
  };
}
