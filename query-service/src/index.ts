export { loadConfig } from './config';
export type { Config } from './config';
export { readConfigFile } from './config-file';
export { withSecretFiles } from './secret-files';
export { startQueryService } from './start';
export type { RunningQueryService, StartDeps } from './start';
export {
  ADMIN_TOKEN_SUBJECT,
  API_TOKEN_SUBJECT,
} from './tokens/settings-tokens';
export { ensureSecret } from './tokens/ensure-secret';
export type {
  EnsuredSecret,
  EnsureSecretOptions,
} from './tokens/ensure-secret';
