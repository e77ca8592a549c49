import { PLUGIN_PATH } from '../audit-log-plugin';
import type { Route } from '../http/route';
import type { ReaderDeps } from '../reader';
import { ledgerRoute, LEDGER_PATH } from './ledger-route';
import {
  quarantinedRoute,
  quarantineRoute,
  QUARANTINED_PATH,
  QUARANTINE_PATH,
  rawRoute,
  RAW_PATH,
} from './quarantine-route';

/** The routes that account for what was received. */
export function ledgerRoutes(deps: ReaderDeps): Route[] {
  return [
    { path: LEDGER_PATH, get: ledgerRoute(deps) },
    { path: QUARANTINE_PATH, get: quarantineRoute(deps) },
    { path: QUARANTINED_PATH, get: quarantinedRoute(deps) },
    { path: RAW_PATH, get: rawRoute(deps) },
  ].map((route) => ({ ...route, path: PLUGIN_PATH + route.path }));
}
