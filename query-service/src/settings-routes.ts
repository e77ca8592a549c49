import type { Logger } from 'pino';
import type { AccessDeps } from './access/require-access';
import { PLUGIN_PATH } from './audit-log-plugin';
import type { Recorder } from './audit/recorder';
import type { Database } from './database';
import type { Route } from './http/route';
import { holdRoute } from './retention/hold-route';
import { holdsRoute } from './retention/holds-route';
import { retentionRoute } from './retention/retention-route';
import { checkRoute } from './rules/check-route';
import { dryRunRoute, DRY_RUN_PATH } from './rules/dry-run-route';
import { ruleRoute, ruleVersionsRoute } from './rules/rule-route';
import { rulesRoute } from './rules/rules-route';
import { oidcRoutes } from './sign-in/oidc/oidc-routes';
import type { Oidc } from './sign-in/oidc/oidc-routes';
import { sessionRoute } from './sign-in/session-route';
import { signInPage } from './sign-in/sign-in-page';
import type { SettingSecrets } from './tokens/settings-tokens';
import { tokenRoute, tokenSecretRoute } from './tokens/token-route';
import { tokensRoute } from './tokens/tokens-route';

/** What a route that shows or changes settings needs. */
export interface SettingsDeps extends AccessDeps {
  database: Pick<Database, 'inSnapshot' | 'inScan'>;
  recorder: Recorder;
  /** Of tokens, as settings give them. */
  secrets: SettingSecrets;
  /** Where people sign in who have no token. */
  oidc?: Oidc | undefined;
  logger: Logger;
}

/** The routes by which people and programs sign in, and see and change what is recorded, how long it is kept, and who may read it. */
export function settingsRoutes(deps: SettingsDeps): Route[] {
  const ofPlugin = [
    rulesRoute(deps),
    // Before the rules by id, for which these could be taken.
    checkRoute(deps),
    { path: DRY_RUN_PATH, post: dryRunRoute(deps) },
    ruleRoute(deps),
    ruleVersionsRoute(deps),
    retentionRoute(deps),
    holdsRoute(deps),
    holdRoute(deps),
    tokensRoute(deps),
    tokenRoute(deps),
    tokenSecretRoute(deps),
  ];
  return [
    ...ofPlugin.map((route) => ({ ...route, path: PLUGIN_PATH + route.path })),
    sessionRoute(deps),
    ...(deps.oidc ? oidcRoutes(deps.oidc, deps) : []),
    ...signInPage(deps.oidc?.config.providerName),
  ];
}
