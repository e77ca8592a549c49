export { loadConfig } from './config';
export type { Config, ServiceConfigs } from './config';
export { startEmbeddedPostgres } from './postgres/embedded-postgres';
export type { EmbeddedPostgres } from './postgres/embedded-postgres';
export { startStack } from './start-stack';
export type { Stack, StackOptions } from './start-stack';
