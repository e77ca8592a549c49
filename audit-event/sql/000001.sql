-- The audit log. One row per event, partitioned by month of the event's own time: a retry then meets itself in the
-- same partition, which a time of arrival would not give. Fixed-width columns come first, so that no row is padded.
-- Indexed texts are ordered by their bytes: quicker, and no update of the system's locales can corrupt an index.
create table audit.event (
  event_time timestamptz not null,
  -- null when it equals event_time
  observed_time timestamptz,
  recorded_at timestamptz not null,
  resource_id bigint,
  -- (receiver_id, receiver_seq) is the batch that brought the row; batch_index its place in that batch
  receiver_seq bigint not null,
  stream_seq bigint,
  receiver_id integer not null,
  batch_index integer not null,
  -- nanoseconds of the event's time below event_time's microsecond: 0 to 999
  event_nanos smallint not null,
  severity_number integer not null,
  id uuid not null,
  operation_id uuid,
  stream_id uuid,
  severity_level text not null,
  status text not null,
  plugin_id text collate "C" not null,
  event_id text collate "C" not null,
  actor_type text not null,
  actor_id text collate "C" not null,
  initiator_id text,
  client_address text,
  user_agent text,
  request_method text,
  request_url text,
  request_query text,
  request_host text,
  action_type text,
  query_type text,
  entity_ref text collate "C",
  error_type text,
  error_message text,
  error_stack text,
  trace_id bytea,
  span_id bytea,
  flags text[],
  meta jsonb not null,
  -- what the log record carried beyond these columns; null for our own emitter
  otlp jsonb,
  primary key (event_time, id)
) partition by range (event_time);

-- Directions are spelled out and end in id, so that an index walk gives a page in its order.
-- With the status in them they count what an actor did, or what was done to an entity, without reading the rows.
create index event_actor on audit.event (actor_id, event_time desc, id desc) include (status);
create index event_entity on audit.event (entity_ref, event_time desc, id desc) include (status) where entity_ref is not null;
create index event_plugin on audit.event (plugin_id, event_id, event_time desc, id desc);

-- Rows lie in the order in which they were recorded, so this finds those of a few batches, and costs writers next to nothing.
create index event_recorded on audit.event using brin (recorded_at) with (autosummarize = on);

-- Months are made ahead and on demand. The two ends are open: every time that OTLP can say has a place, so none is
-- refused or moved. (A default partition would cost every page a merge over all partitions; these keep their order.)
create table audit.event_past partition of audit.event for values from (minvalue) to ('2020-01-01T00:00:00Z');
create table audit.event_future partition of audit.event for values from ('2040-01-01T00:00:00Z') to (maxvalue);

-- How many events there were in each hour, of each combination of columns with few values: totals, facets and histograms
-- add these up instead of the events. Each batch adds its own; those that are alike are made one row from time to time.
create table audit.event_count (
  hour timestamptz not null,
  events bigint not null,
  is_folded boolean not null default false,
  severity_level text not null,
  status text not null,
  plugin_id text collate "C" not null,
  event_id text collate "C" not null,
  actor_type text not null,
  request_method text,
  action_type text,
  query_type text
);
create index event_count_hour on audit.event_count (hour);
create index event_count_fresh on audit.event_count (hour) where not is_folded;

-- Resource and instrumentation scope of OTLP, once per distinct content; id is the head of its SHA-256.
create table audit.resource (
  id bigint primary key,
  attributes jsonb not null,
  schema_url text,
  scope_name text,
  scope_version text,
  scope_attributes jsonb,
  scope_schema_url text
);

-- One row per writing connection of a receiver: its sequence of batches begins at 1 and has no gap.
create table audit.receiver (
  id integer generated always as identity primary key,
  instance text not null,
  version text not null,
  started_at timestamptz not null default now()
);

-- The ledger: what became of every record that a receiver accepted.
create table audit.batch (
  receiver_id integer not null references audit.receiver,
  receiver_seq bigint not null,
  recorded_at timestamptz not null,
  -- orders batches by commit: those below pg_snapshot_xmin(pg_current_snapshot()) are complete
  xact_id xid8 not null default pg_current_xact_id(),
  received integer not null,
  stored integer not null,
  duplicate integer not null,
  excluded integer not null,
  quarantined integer not null,
  rules_hash bytea not null,
  min_event_time timestamptz,
  max_event_time timestamptz,
  merkle_root bytea,
  primary key (receiver_id, receiver_seq),
  constraint batch_adds_up check (received = stored + duplicate + excluded + quarantined)
);
create index batch_recorded on audit.batch (recorded_at desc);
create index batch_committed on audit.batch (xact_id);

-- Records that could not be stored, with their bytes. The id is a name-based UUID of the bytes: a retry meets itself.
create table audit.quarantine (
  id uuid primary key,
  recorded_at timestamptz not null,
  receiver_id integer not null,
  receiver_seq bigint not null,
  reason text not null,
  detail text not null,
  encoding text not null,
  raw bytea not null
);
create index quarantine_recorded on audit.quarantine (recorded_at desc);

-- What each rule kept out, per batch.
create table audit.exclusion_count (
  receiver_id integer not null,
  receiver_seq bigint not null,
  rule_id uuid not null,
  excluded integer not null,
  primary key (receiver_id, receiver_seq, rule_id)
);

-- Which sequence numbers of which streams arrived, as each batch brought them, whatever became of the records. Rows are
-- only added, and moved on into audit.stream from time to time.
create table audit.stream_range (
  recorded_at timestamptz not null,
  -- nulls when no record of the range has a time or a source that can be told
  min_event_time timestamptz,
  max_event_time timestamptz,
  resource_id bigint,
  receiver_seq bigint not null,
  from_seq bigint not null,
  to_seq bigint not null,
  receiver_id integer not null,
  stream_id uuid not null
);

-- How many numbers are in the ranges.
create function audit.size_of(ranges int8multirange) returns bigint
language sql immutable strict parallel safe
return (select coalesce(sum(upper(part) - lower(part)), 0)::bigint from unnest(ranges) as part);

-- One row per stream, which is one start of an emitting process. What is missing follows from what arrived.
create table audit.stream (
  id uuid primary key,
  -- orders pages; it never changes
  position bigint generated always as identity unique,
  arrived int8multirange not null default '{}',
  -- what its emitter, or the next one on the same spool, said to be lost
  declared int8multirange not null default '{}',
  highest_seq bigint,
  -- of the record that ends the stream
  end_seq bigint,
  -- the stream that the same spool had before
  previous_id uuid,
  resource_id bigint,
  first_event_time timestamptz,
  last_event_time timestamptz,
  -- null while the stream is only known from others
  last_recorded_at timestamptz,
  -- null while nothing is missing that is not declared
  missing_since timestamptz,
  contiguous_seq bigint generated always as (
    nullif(lower(int8multirange(int8range(0, null)) - arrived) - 1, -1)
  ) stored,
  missing int8multirange not null generated always as (
    int8multirange(int8range(0, coalesce(greatest(highest_seq + 1, upper(declared), end_seq + 1), 0))) - arrived
  ) stored,
  undeclared bigint not null generated always as (
    audit.size_of(
      int8multirange(int8range(0, coalesce(greatest(highest_seq + 1, upper(declared), end_seq + 1), 0)))
        - arrived - declared
    )
  ) stored
);

create index stream_missing on audit.stream (position) where undeclared > 0 or missing_since is not null;
create index stream_previous on audit.stream (previous_id) where previous_id is not null;

-- What emitters said to be lost, one row per stream-gap record and stream that it speaks of.
create table audit.stream_gap (
  stream_id uuid not null,
  -- of the stream-gap record
  id uuid not null,
  event_time timestamptz not null,
  ranges int8multirange not null,
  reason text,
  dropped jsonb,
  primary key (stream_id, id)
);

-- Events stored under a sequence number that had arrived before: one number, several events.
create table audit.stream_duplicate (
  stream_id uuid not null,
  stream_seq bigint not null,
  id uuid not null,
  event_time timestamptz not null,
  primary key (stream_id, stream_seq, id)
);

-- The ledger, added up: what became of all that each writing connection accepted, and whether a batch is missing.
create view audit.ledger as
select
  receiver.id as receiver_id,
  receiver.instance,
  receiver.version,
  receiver.started_at,
  max(batch.recorded_at) as last_batch_at,
  count(batch.receiver_seq) as batches,
  coalesce(max(batch.receiver_seq), 0) = count(batch.receiver_seq) as is_gapless,
  coalesce(sum(batch.received), 0) as received,
  coalesce(sum(batch.stored), 0) as stored,
  coalesce(sum(batch.duplicate), 0) as duplicate,
  coalesce(sum(batch.excluded), 0) as excluded,
  coalesce(sum(batch.quarantined), 0) as quarantined
from audit.receiver
left join audit.batch on batch.receiver_id = receiver.id
group by receiver.id;

-- Up to which batch operations have been looked through.
create table audit.operation_sweep (
  swept_to xid8 not null
);

-- Operations that have begun and may still finish in time.
create table audit.open_operation (
  operation_id uuid primary key,
  -- of the initiated event
  event_time timestamptz not null,
  id uuid not null,
  recorded_at timestamptz not null,
  due_at timestamptz not null
);
create index open_operation_due on audit.open_operation (due_at);

-- Operations without an outcome when their time limit was over. An outcome that came late is noted, the mark stays.
create table audit.unfinished_operation (
  operation_id uuid primary key,
  -- of the initiated event
  event_time timestamptz not null,
  id uuid not null,
  marked_at timestamptz not null default now(),
  -- time of the first outcome, null until one comes
  finished_at timestamptz
);

-- What each rule kept out, added up.
create view audit.exclusion as
select
  rule_id,
  sum(exclusion_count.excluded) as excluded,
  min(batch.recorded_at) as first_at,
  max(batch.recorded_at) as last_at
from audit.exclusion_count
join audit.batch using (receiver_id, receiver_seq)
group by rule_id;

-- The rule sets that were ever in force: batch.rules_hash says which one each batch met.
create table audit.rule_set (
  hash bytea primary key,
  rules jsonb not null,
  first_used_at timestamptz not null default now()
);

-- Exclusion rules made in the product. A change is a new version, a deletion a version without a rule; the highest
-- revision tells receivers that something changed.
create table audit.exclusion_rule (
  revision bigint generated always as identity unique,
  id uuid not null,
  version integer not null,
  rule jsonb,
  comment text,
  changed_at timestamptz not null default now(),
  changed_by text not null,
  primary key (id, version)
);

insert into audit.exclusion_rule (id, version, rule, comment, changed_by)
values
  ('00000000-0000-8000-8000-000000000001', 1, '{"actorId": "plugin:*", "eventId": "entity-fetch"}', 'Plugins read the catalog all the time', 'default'),
  ('00000000-0000-8000-8000-000000000002', 1, '{"actorId": "plugin:*", "eventId": "entity-facets"}', 'Plugins read the catalog all the time', 'default');

-- Signs the cursors of the API, so that a client can neither read a page it was not led to nor send us anything else in
-- their place. Random: two version 4 UUIDs have 244 bits of it.
create table audit.cursor_key (
  key bytea not null
);
insert into audit.cursor_key (key)
select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));

-- Static tokens. Only the SHA-256 of the secret is kept; an entry without one waits for its secret and admits nobody.
-- access_restrictions: null = unrestricted, else [{"plugin": ..., "permission": [...]}] as in backend.auth.externalAccess.
create table audit.token (
  id uuid primary key,
  subject text not null unique,
  secret_sha256 bytea,
  access_restrictions jsonb,
  created_at timestamptz not null default now(),
  created_by text not null,
  changed_at timestamptz not null default now(),
  changed_by text,
  -- counts the changes, for whoever wants to change what he saw and nothing else
  version integer not null default 1,
  expires_at timestamptz,
  last_used_at timestamptz
);

insert into audit.token (id, subject, access_restrictions, created_by)
values
  (
    '00000000-0000-8000-8000-000000000003',
    'audit-log-api-access',
    '[{"plugin": "audit-log", "permission": ["audit.log.read"]}]',
    'default'
  ),
  ('00000000-0000-8000-8000-000000000004', 'audit-log-admin-access', '[{"plugin": "audit-log"}]', 'default');

-- People who signed in. The session's own secret is in its cookie alone. One that was begun with a token ends when the
-- token's secret is no longer the one that it was begun with; one by OpenID Connect has permissions of its own, and the ID
-- token that its provider wants to see at the end.
create table audit.session (
  id_sha256 bytea primary key,
  subject text not null,
  secret_sha256 bytea,
  permissions text[],
  id_token text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint session_is_of_token_or_person check (num_nonnulls(secret_sha256, permissions) = 1)
);
