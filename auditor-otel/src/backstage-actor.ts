import type {
  AuditorServiceCreateEventOptions,
  AuthService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Actor } from 'audit-event';
import { ACTOR_TIMEOUT_MS } from './limits';
import { redactSecrets } from './redact-secrets';

type Request = NonNullable<AuditorServiceCreateEventOptions['request']>;

/** What the actor rules need of Backstage. */
export interface ActorDeps {
  auth: Pick<AuthService, 'getOwnServiceCredentials' | 'isPrincipal'>;
  httpAuth: Pick<HttpAuthService, 'credentials'>;
  pluginId: string;
}

/** Who acts, without an id where that is not known. */
export interface ResolvedActor {
  actor: Pick<Actor, 'type' | 'id' | 'initiatorId'> | undefined;
  /** Why it is not known, if the credentials were not valid. */
  error?: string | undefined;
}

const PLUGIN_OF_TEMPLATES = 'plugin:scaffolder';

/**
 * Who acts: the user or service of the request's credentials, the plugin itself where there is no request. Never rejects:
 * credentials that do not resolve, or not in time, give nobody and the reason.
 *
 * @param meta for the scaffolder, which runs a task as itself and names the person in `meta.createdBy`
 */
export async function resolveActor(
  deps: ActorDeps,
  request: Request | undefined,
  meta: Record<string, unknown>,
): Promise<ResolvedActor> {
  const own = { type: 'service', id: `plugin:${deps.pluginId}` } as const;
  try {
    const credentials = await withinTime(
      request
        ? deps.httpAuth.credentials(request)
        : deps.auth.getOwnServiceCredentials(),
    );
    const actor = actorOf(deps, credentials);
    return { actor: actor && withCreator(actor, meta) };
  } catch (error) {
    if (!request) return { actor: withCreator(own, meta) };
    return { actor: undefined, error: redactSecrets(String(error)) };
  }
}

function actorOf(
  { auth }: ActorDeps,
  credentials: BackstageCredentials,
): ResolvedActor['actor'] {
  if (auth.isPrincipal(credentials, 'user')) {
    const { userEntityRef, actor } = credentials.principal;
    return { type: 'user', id: userEntityRef, initiatorId: actor?.subject };
  }
  if (auth.isPrincipal(credentials, 'service'))
    return { type: 'service', id: credentials.principal.subject };
  return undefined;
}

function withCreator(
  actor: NonNullable<ResolvedActor['actor']>,
  meta: Record<string, unknown>,
): ResolvedActor['actor'] {
  const { createdBy } = meta;
  return actor.id === PLUGIN_OF_TEMPLATES && typeof createdBy === 'string'
    ? { ...actor, initiatorId: createdBy }
    : actor;
}

async function withinTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `cannot resolve credentials within ${ACTOR_TIMEOUT_MS} ms`;
    timer = setTimeout(() => reject(new Error(message)), ACTOR_TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
