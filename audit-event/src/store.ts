export { listEventsV1 } from './store/list-events-v1';
export type { EventFilterV1, EventRowV1, PageV1 } from './store/list-events-v1';
export { expectedSchemaVersion, migrate, schemaVersion } from './store/migrate';
export { inTransaction } from './store/queryable';
export type { Connection, Queryable } from './store/queryable';
export { loadTokens, setTokenSecret, touchToken } from './store/tokens';
export type { AccessRestriction, TokenEntry } from './store/tokens';
