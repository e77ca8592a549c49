/** A metric with its labels, and its values in promtool's notation, one for each minute or two. */
export type Series = Record<string, string>;

const RECEIVER = 'job="otel-audit-receiver",instance="r"';
const QUERY = 'job="otel-audit-query",instance="q"';
const COLLECTOR = 'job="otel-audit-collector",instance="c"';
const STORE_AND_FORWARD = `${COLLECTOR},exporter="otlp_http/store_and_forward"`;
const BACKEND = `${COLLECTOR},exporter="otlp_grpc/backend"`;
/** How long all series are, unless a case says otherwise. */
export const MINUTES = 1_500;
const always = (value: number) => `${value}x${MINUTES}`;
/** Grows by so many each minute. */
const growing = (step: number, from = 0) => `${from}+${step}x${MINUTES}`;
const queryCount = (status: string) =>
  `audit_query_request_duration_seconds_count{${QUERY},route="/a",status="${status}"}`;
const queryBucket = (le: string) =>
  `audit_query_request_duration_seconds_bucket{${QUERY},route="/a",le="${le}"}`;
const commitBucket = (le: string) =>
  `audit_receiver_commit_duration_seconds_bucket{${RECEIVER},le="${le}"}`;
const queueSize = `otelcol_exporter_queue_size{${STORE_AND_FORWARD}}`;
const queueCapacity = `otelcol_exporter_queue_capacity{${STORE_AND_FORWARD}}`;
const sent = `otelcol_exporter_sent_log_records{${STORE_AND_FORWARD}}`;

/** All is well, with some traffic. Times of promtool begin at 0, so that times in seconds grow by 60 a minute. */
export const HEALTHY: Series = {
  [`up{${RECEIVER}}`]: always(1),
  [`up{${QUERY}}`]: always(1),
  [`up{${COLLECTOR}}`]: always(1),
  [`audit_receiver_readiness{${RECEIVER},status="ready"}`]: always(1),
  [`audit_receiver_readiness{${RECEIVER},status="failing"}`]: always(0),
  [`audit_receiver_readiness{${RECEIVER},status="unsafe"}`]: always(0),
  [`audit_receiver_requests_total{${RECEIVER},status="200"}`]: growing(600),
  [`audit_receiver_requests_total{${RECEIVER},status="503"}`]: growing(1),
  [`audit_receiver_grpc_requests_total{${RECEIVER},code="0"}`]: growing(600),
  [`audit_receiver_in_flight_bytes{${RECEIVER}}`]: always(1_000),
  [`audit_receiver_in_flight_limit_bytes{${RECEIVER}}`]: always(16_777_216),
  [commitBucket('0.05')]: growing(60),
  [commitBucket('10')]: growing(60),
  [commitBucket('+Inf')]: growing(60),
  [`audit_receiver_records_received_total{${RECEIVER}}`]: growing(6_000),
  [`audit_receiver_records_total{${RECEIVER},outcome="quarantined"}`]:
    always(7),
  [`audit_receiver_rule_reload_failures_total{${RECEIVER}}`]: always(3),
  [`audit_receiver_tls_certificate_expiry_timestamp_seconds{${RECEIVER}}`]:
    growing(60, 30 * 86_400),
  [`audit_store_ledger_differences_total{${QUERY}}`]: always(0),
  [`audit_store_ledger_checked_timestamp_seconds{${QUERY}}`]: growing(60, -120),
  [`audit_store_missing_records{${QUERY},declared="false"}`]: always(5),
  [`audit_store_missing_records{${QUERY},declared="true"}`]: always(5),
  [`audit_store_event_lag_seconds{${QUERY},quantile="0.5"}`]: always(1),
  [`audit_store_event_lag_seconds{${QUERY},quantile="0.99"}`]: always(3),
  [`audit_store_last_batch_timestamp_seconds{${QUERY}}`]: growing(60, -1),
  [`audit_store_waiting_batches{${QUERY}}`]: always(2),
  [`audit_store_unfolded_counts{${QUERY}}`]: always(900),
  [`audit_store_due_months{${QUERY}}`]: always(0),
  [`audit_store_events{${QUERY}}`]: growing(6_000),
  [queryCount('200')]: growing(60),
  [queryCount('401')]: growing(1),
  [queryCount('503')]: growing(1),
  [queryBucket('0.5')]: growing(60),
  [queryBucket('5')]: growing(60),
  [queryBucket('+Inf')]: growing(60),
  [queueSize]: `0 1000x${MINUTES}`,
  [queueCapacity]: always(1_000_000),
  [sent]: growing(6_000),
  [`otelcol_receiver_refused_log_records{${COLLECTOR},receiver="otlp/audit"}`]:
    always(9),
};

const nothing = 'stale';
/** Nothing at first, and from the tenth minute on a counter that somebody has increased. */
const firstSeen = `_x10 1x${MINUTES}`;

/** For each alert what is not as it should be, and after how many minutes it has to be firing; null takes a series away. */
export const ALERT_CASES: Record<
  string,
  { after: number; series: Record<string, string | null> }
> = {
  AuditNoReceiver: { after: 5, series: { [`up{${RECEIVER}}`]: always(0) } },
  AuditReceiverDown: { after: 10, series: { [`up{${RECEIVER}}`]: always(0) } },
  AuditDurabilityUnsafe: {
    after: 5,
    series: {
      [`audit_receiver_readiness{${RECEIVER},status="unsafe"}`]: always(1),
    },
  },
  AuditCommitsFailing: {
    after: 5,
    series: {
      [`audit_receiver_readiness{${RECEIVER},status="failing"}`]: always(1),
    },
  },
  AuditReceiverRefusing: {
    after: 20,
    series: {
      [`audit_receiver_requests_total{${RECEIVER},status="503"}`]: growing(100),
    },
  },
  AuditRequestsRefusedForGood: {
    after: 12,
    series: {
      [`audit_receiver_requests_total{${RECEIVER},status="413"}`]: firstSeen,
    },
  },
  AuditBackPressure: {
    after: 15,
    series: {
      [`audit_receiver_in_flight_bytes{${RECEIVER}}`]: always(16_000_000),
    },
  },
  AuditCommitSlow: {
    after: 30,
    series: { [commitBucket('0.05')]: always(0) },
  },
  AuditQuarantineGrowing: {
    after: 30,
    series: {
      [`audit_receiver_records_total{${RECEIVER},outcome="quarantined"}`]:
        '7x20 8x1500',
    },
  },
  AuditRulesNotTaken: {
    after: 25,
    series: {
      [`audit_receiver_rule_reload_failures_total{${RECEIVER}}`]: '3x20 4x1500',
    },
  },
  AuditCertificateExpires: {
    after: 90,
    series: {
      [`audit_receiver_tls_certificate_expiry_timestamp_seconds{${RECEIVER}}`]:
        always(10 * 86_400),
    },
  },
  AuditNoEvents: {
    after: 150,
    series: {
      [`audit_receiver_records_received_total{${RECEIVER}}`]: always(5),
    },
  },
  AuditLedgerNotExact: {
    after: 25,
    series: {
      [`audit_store_ledger_differences_total{${QUERY}}`]: '0x20 1x1500',
    },
  },
  AuditLedgerNotChecked: {
    after: 100,
    series: {
      [`audit_store_ledger_checked_timestamp_seconds{${QUERY}}`]: always(0),
    },
  },
  AuditEventsMissing: {
    after: 100,
    series: {
      [`audit_store_missing_records{${QUERY},declared="false"}`]: '0x50 4x1500',
    },
  },
  AuditEventsDeclaredLost: {
    after: 100,
    series: {
      [`audit_store_missing_records{${QUERY},declared="true"}`]: '0x50 4x1500',
    },
  },
  AuditEventsLate: {
    after: 20,
    series: {
      [`audit_store_event_lag_seconds{${QUERY},quantile="0.99"}`]:
        always(1_000),
    },
  },
  AuditClocksDiffer: {
    after: 15,
    series: {
      [`audit_store_last_batch_timestamp_seconds{${QUERY}}`]: growing(60, 90),
    },
  },
  AuditTailHeld: {
    after: 20,
    series: { [`audit_store_waiting_batches{${QUERY}}`]: always(5_000) },
  },
  AuditJobsBehind: {
    after: 90,
    series: { [`audit_store_unfolded_counts{${QUERY}}`]: always(200_000) },
  },
  AuditRetentionStuck: {
    after: 130,
    series: { [`audit_store_due_months{${QUERY}}`]: always(1) },
  },
  AuditStoreNotRead: {
    after: 15,
    series: { [`audit_store_events{${QUERY}}`]: nothing },
  },
  AuditQueryServiceDown: { after: 10, series: { [`up{${QUERY}}`]: always(0) } },
  AuditQueryErrors: {
    after: 20,
    series: { [queryCount('503')]: growing(10) },
  },
  AuditQuerySlow: { after: 30, series: { [queryBucket('0.5')]: always(0) } },
  AuditAccessRefused: {
    after: 20,
    series: { [queryCount('401')]: growing(100) },
  },
  AuditCollectorDown: {
    after: 10,
    series: { [`up{${COLLECTOR}}`]: always(0) },
  },
  AuditCollectorQueueGone: {
    after: 60,
    series: {
      [queueSize]: '5000x20 stale',
      [queueSize.replace('instance="c"', 'instance="another"')]: always(0),
    },
  },
  AuditCollectorQueueFilling: {
    after: 15,
    series: { [queueSize]: always(600_000) },
  },
  AuditCollectorQueueFull: {
    after: 2,
    series: { [queueSize]: always(950_000) },
  },
  AuditCollectorNotDraining: {
    after: 25,
    series: { [queueSize]: always(10), [sent]: always(7) },
  },
  AuditCollectorDroppedEvents: {
    after: 12,
    series: {
      [`otelcol_exporter_send_failed_log_records_total{${STORE_AND_FORWARD}}`]:
        firstSeen,
    },
  },
  AuditCollectorRefusing: {
    after: 20,
    series: {
      [`otelcol_receiver_refused_log_records{${COLLECTOR},receiver="otlp/audit"}`]:
        growing(5),
    },
  },
  AuditFanOutDropping: {
    after: 30,
    series: {
      [`otelcol_exporter_send_failed_log_records{${BACKEND}}`]: growing(5),
    },
  },
};
