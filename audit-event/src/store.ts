export { listEventsV1 } from './store/list-events-v1';
export type { EventFilterV1, EventRowV1, PageV1 } from './store/list-events-v1';
export { expectedSchemaVersion, migrate, schemaVersion } from './store/migrate';
export { inTransaction } from './store/queryable';
export type { Connection, Queryable } from './store/queryable';
export { loadTokens, touchToken } from './store/tokens';
export type { AccessRestriction, TokenEntry } from './store/tokens';
export { commitBatch } from './store/commit-batch';
export type { Accounting, Batch } from './store/commit-batch';
export { commitChange } from './store/commit-change';
export type { Change } from './store/commit-change';
export { ensureLogin } from './store/ensure-login';
export type { GroupRole, Login } from './store/ensure-login';
export { copyOut } from './store/copy-out';
export { openConnection } from './store/open-connection';
export type { ConnectionClient, OpenConnection } from './store/open-connection';
export { ownReceived } from './store/own-received';
export { copyOfRows } from './store/copy-rows';
export type { CopyBuffer } from './store/copy-buffer';
export { COPY_EVENTS } from './store/copy-straight';
export { loadExclusionRules, recordRuleSet } from './store/exclusion-rules';
export { fitSizes } from './store/fit/fit-sizes';
export { fitSource } from './store/fit/fit-source';
export { ensureMonth, monthOf, monthsAhead } from './store/months';
export type { Month } from './store/months';
export { readEvents } from './store/read-events';
export type { StoredEvent } from './store/read-events';
export type {
  Commit,
  QuarantinedRecord,
  Received,
  ReceivedEvents,
} from './store/received';
export { resourceIdOf } from './store/resource-id';
export { Rows } from './store/rows';
export type { RowContext } from './store/rows';
export { StreamRanges } from './store/stream-ranges';
export type { StreamRange } from './store/stream-ranges';
export { registerReceiver } from './store/receivers';
export {
  isDiskFull,
  isMissingPartition,
  isUnavailable,
  sqlState,
} from './store/sqlstate';
export { unsafeDurability } from './store/unsafe-durability';
export { COUNTED_COLUMNS } from './store/counts/counted-columns';
export { foldCounts } from './store/counts/fold-counts';
export { loadCursorKey } from './store/cursor-key';
export { BUCKET_ORIGIN_MS, countBuckets } from './store/search/count-buckets';
export type { BucketCount, BucketOptions } from './store/search/count-buckets';
export { countValues } from './store/search/count-values';
export type {
  Facet,
  ValueCount,
  ValueOptions,
} from './store/search/count-values';
export { readHealth } from './store/read-health';
export type { StoreHealth } from './store/read-health';
export { countGaps } from './store/ledger/count-gaps';
export type { BatchNumbers } from './store/ledger/count-gaps';
export { readStats } from './store/search/read-stats';
export type { PartitionStats, StoreStats } from './store/search/read-stats';
export {
  isCounted,
  isFiltered,
  withoutField,
} from './store/search/event-search';
export { exportEvents, positionOf } from './store/search/export-events';
export { exportCells } from './store/search/export-cells';
export { exportLines } from './store/search/export-lines';
export type { Lines } from './store/search/export-lines';
export type { CopySource } from './store/search/export-cells';
export type { ExportOptions } from './store/search/export-pages';
export { commitPositionAt, listCommits } from './store/search/list-commits';
export type {
  CommitPosition,
  CommittedEvent,
  CommittedPage,
} from './store/search/list-commits';
export { countEvents } from './store/search/count-events';
export type { Total } from './store/search/count-events';
export { eventJson } from './store/search/event-json';
export { wholeOrNewest } from './store/search/whole-or-newest';
export { eventFields } from './store/search/event-row';
export type { Cells, EventRow, Position } from './store/search/event-row';
export type {
  EventSearch,
  FieldCondition,
  FieldValue,
  MetaCondition,
} from './store/search/event-search';
export { findEvent } from './store/search/find-event';
export type { EventDetail, RelatedEvents } from './store/search/find-event';
export { QUERY_CANCELED, withinTime } from './store/search/within-time';
export { listEvents } from './store/search/list-events';
export type { FoundPage, PageReader } from './store/search/list-events';
export type { EventPage, Order } from './store/search/page-sql';
export { fieldNames, searchField } from './store/search/search-fields';
export type { FieldName, SearchField } from './store/search/search-fields';
export { foldStreams } from './store/streams/fold-streams';
export { sweepOperations } from './store/operations/sweep-operations';
export type { Swept, SweepOptions } from './store/operations/sweep-operations';
export { findStream } from './store/streams/find-stream';
export { listStreams } from './store/streams/list-streams';
export type { StreamFilter, StreamPage } from './store/streams/list-streams';
export type {
  DeclaredGap,
  DuplicateSequence,
  SequenceRange,
  StreamRow,
} from './store/streams/select-streams';
export { streamStates } from './store/streams/stream-state';
export type { StreamState } from './store/streams/stream-state';
export {
  findOperation,
  operationOutcomes,
} from './store/operations/find-operation';
export type {
  Operation,
  OperationOutcome,
} from './store/operations/find-operation';
export { createSession, endSession, findSession } from './store/sessions';
export type { NewSession, SessionRow } from './store/sessions';
export { addRuleVersions, lockRules } from './store/rules/change-rules';
export type { RuleVersion } from './store/rules/change-rules';
export { countExclusions } from './store/rules/count-exclusions';
export type { ExclusionDay } from './store/rules/count-exclusions';
export { findRules, findRuleVersions } from './store/rules/find-rules';
export type { RuleRow, RuleVersionRow } from './store/rules/find-rules';
export { rulesInForce } from './store/rules/rules-in-force';
export type { RulesInForce } from './store/rules/rules-in-force';
export {
  countSubjects,
  countSubjectsIn,
  readSubjects,
} from './store/rules/count-subjects';
export type { Narrowing, SubjectRange } from './store/rules/count-subjects';
export { newestOf } from './store/rules/newest-of';
export { isCountedKey } from './store/rules/rule-columns';
export type { SubjectGroup } from './store/rules/rule-columns';
export {
  changeToken,
  createToken,
  deleteToken,
  findToken,
  findTokens,
  isSecretTaken,
  replaceTokenSecret,
} from './store/tokens/change-tokens';
export type { TokenFields, TokenRow } from './store/tokens/change-tokens';
export { compareLedger } from './store/ledger/compare-ledger';
export type { LedgerDifference } from './store/ledger/compare-ledger';
export { findLedger } from './store/ledger/find-ledger';
export type {
  Ledger,
  LedgerDay,
  LedgerGap,
  LedgerRange,
  LedgerReceiver,
  LedgerSums,
} from './store/ledger/find-ledger';
export {
  countQuarantined,
  findQuarantined,
  listQuarantined,
} from './store/ledger/find-quarantined';
export type {
  QuarantinedRow,
  QuarantineFilter,
  QuarantinePage,
} from './store/ledger/find-quarantined';
export { OWN_RULE_SET } from './store/own-rule-set';
export { writeOwnEvents } from './store/write-own-events';
export { BEGIN } from './store/commit-batch';
export {
  addRetentionVersion,
  lockRetention,
} from './store/retention/change-retention';
export { findRetention } from './store/retention/find-retention';
export type { RetentionRow } from './store/retention/find-retention';
export { createHold, releaseHold } from './store/retention/change-holds';
export type { NewHold } from './store/retention/change-holds';
export { findHolds } from './store/retention/find-holds';
export type { HoldRow } from './store/retention/find-holds';
export { dropMonth } from './store/retention/drop-month';
export type { Archive } from './store/retention/drop-month';
export { findDueMonths } from './store/retention/find-due-months';
export type { DueMonth } from './store/retention/find-due-months';
export { countMonth } from './store/retention/count-month';
export type { MonthCount } from './store/retention/count-month';
export { inTurn } from './store/in-turn';
export type { Busy } from './store/in-turn';
export { findTombstones } from './store/retention/find-tombstones';
export type { TombstoneRow } from './store/retention/find-tombstones';
export { listPartitions } from './store/retention/list-partitions';
export { databaseBytes } from './store/database-bytes';
export type { PartitionRow } from './store/retention/list-partitions';
