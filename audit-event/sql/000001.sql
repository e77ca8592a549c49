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
  request_url text collate "C",
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
  -- With the status beside it, finished events are counted by this alone, and any over time.
  primary key (event_time, id) include (status)
) partition by range (event_time);

-- Directions are spelled out and end in id, so that an index walk gives a page in its order.
-- With more columns in them they find and count what an actor did, what was done to an entity, or events of a kind by their
-- actors, without reading the rows.
create index event_actor on audit.event (actor_id, event_time desc, id desc)
  include (status, severity_level, plugin_id, event_id, actor_type);
create index event_entity on audit.event (entity_ref, event_time desc, id desc) include (status, action_type, actor_id)
  where entity_ref is not null;
create index event_plugin on audit.event (plugin_id, event_time desc, id desc);
create index event_kind on audit.event (event_id, event_time desc, id desc)
  include (actor_id, status, severity_level, plugin_id);
create index event_path on audit.event (request_url, event_time desc, id desc) include (status) where request_url is not null;

-- What is looked at most among events of which there are few: they are small.
create index event_failed on audit.event (event_time desc, id desc) include (severity_level) where status = 'failed';
create index event_grave on audit.event (event_time desc, id desc) include (severity_level, status)
  where severity_level in ('high', 'critical');

-- Rows lie in the order in which they were recorded, so this finds those of a few batches, and costs writers next to nothing.
create index event_recorded on audit.event using brin (recorded_at) with (autosummarize = on);

-- Months are made ahead and on demand. The two ends are open: every time that OTLP can say has a place, so none is
-- refused or moved. (A default partition would cost every page a merge over all partitions; these keep their order.)
create table audit.event_past partition of audit.event for values from (minvalue) to ('2020-01-01T00:00:00Z');
create table audit.event_future partition of audit.event for values from ('2040-01-01T00:00:00Z') to (maxvalue);

-- How many events there were in each hour, of each combination of columns with few values: totals, facets and histograms
-- add these up instead of the events. Each batch adds its own; from time to time those are added to the rows of their
-- hour, of their quarter of a day and of their day, so that long ranges are few rows.
create table audit.event_count (
  -- in which the stretch of time begins
  hour timestamptz not null,
  events bigint not null,
  -- how long it is: 1, 6 or 24 in UTC; 0 is an hour as a batch brought it, which is in no other row yet
  hours smallint not null default 0,
  severity_level text not null,
  status text not null,
  plugin_id text collate "C" not null,
  event_id text collate "C" not null,
  actor_type text not null,
  request_method text,
  action_type text,
  query_type text
);
create index event_count_hour on audit.event_count (hours, hour);

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
  -- for those who may not read the hash
  has_secret boolean not null generated always as (secret_sha256 is not null) stored,
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

-- How long events are kept. A change is a new version, the highest is in force. Without days they are kept for ever.
create table audit.retention (
  version integer primary key,
  days integer check (days between 1 and 36500),
  -- whether a month may be dropped that was not written to an archive before
  drop_without_archive boolean not null default false,
  changed_at timestamptz not null default now(),
  changed_by text not null
);
insert into audit.retention (version, changed_by) values (1, 'default');

-- Legal holds: what happened in their time is not dropped while they are in force. Without an end they are open on that side.
create table audit.hold (
  id uuid primary key,
  start_time timestamptz,
  -- inclusive
  end_time timestamptz,
  reason text not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  released_at timestamptz,
  released_by text,
  release_reason text,
  constraint hold_begins_before_it_ends check (start_time <= end_time),
  constraint hold_is_released_whole check (num_nonnulls(released_at, released_by, release_reason) in (0, 3))
);

-- What is left of a month that was dropped. Events that come later make the month anew, so there may be several of one.
create table audit.tombstone (
  id integer generated always as identity primary key,
  -- its first day
  month date not null,
  events bigint not null,
  -- nulls for a month without events
  first_recorded_at timestamptz,
  last_recorded_at timestamptz,
  -- nulls when it was dropped without one
  archive_file text,
  archive_sha256 bytea,
  retention_version integer not null references audit.retention,
  retention_days integer not null,
  dropped_at timestamptz not null default now(),
  -- host and process of the receiver
  dropped_by text not null,
  constraint tombstone_archive_is_whole check ((archive_file is null) = (archive_sha256 is null))
);
create index tombstone_month on audit.tombstone (month);

-- How many events of each batch went with a month: batch.stored = those that are there + these, exactly.
create table audit.dropped_count (
  receiver_id integer not null,
  receiver_seq bigint not null,
  -- not a foreign key: a check of each row would prolong the drop
  tombstone_id integer not null,
  -- of the batch
  recorded_at timestamptz not null,
  events bigint not null,
  primary key (receiver_id, receiver_seq, tombstone_id)
);
create index dropped_count_recorded on audit.dropped_count using brin (recorded_at);

-- The months that have a partition, whether a hold keeps them, and when they are due to be dropped: null is never. Due is
-- what is older than the retention says, but not within a day after somebody changed what it says or released a hold on it, which
-- leaves time to notice, nor within a day after the same month was dropped before, so that late events do not make a tombstone each.
create view audit.month as
select
  partition.name as partition,
  first_day.month,
  time.start_time,
  time.end_time,
  holds.is_held,
  case when policy.days is not null then greatest(
    time.end_time + policy.days * interval '24 hours',
    policy.changed_at + interval '24 hours',
    holds.last_released_at + interval '24 hours',
    (select max(dropped_at) from audit.tombstone where tombstone.month = first_day.month) + interval '24 hours'
  ) end as due_at
from (
  select pg_class.relname::text as name
  from pg_catalog.pg_inherits
  join pg_catalog.pg_class on pg_class.oid = inhrelid
  where inhparent = 'audit.event'::regclass and relname ~ '^event_[0-9]{4}_[0-9]{2}$'
) as partition
cross join lateral (select to_date(right(partition.name, 7), 'YYYY_MM') as month) as first_day
cross join lateral (
  select
    first_day.month::timestamp at time zone 'UTC' as start_time,
    (first_day.month + interval '1 month') at time zone 'UTC' as end_time
) as time
cross join lateral (
  select coalesce(bool_or(hold.released_at is null), false) as is_held, max(hold.released_at) as last_released_at
  from audit.hold
  where (hold.start_time is null or hold.start_time < time.end_time)
    and (hold.end_time is null or hold.end_time >= time.start_time)
) as holds
cross join (select days, changed_at from audit.retention order by version desc limit 1) as policy;

-- What the services cannot do with their own rights they do by these two, which look at their conditions themselves.

-- Makes the partition of a month, given by its first day, unless it is there. Made apart and then attached, which lets readers
-- and writers of the other partitions go on (`create table ... partition of` would lock them all out).
create function audit.make_month(first_day date) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  name text := to_char(first_day, '"event_"YYYY_MM');
begin
  if extract(day from first_day) <> 1 or first_day < '2020-01-01' or first_day >= '2040-01-01' then
    raise invalid_parameter_value using message =
      format('cannot make a month: expected its first day, from 2020-01-01 to 2039-12-01, got %s', first_day);
  end if;
  -- Serialises makers of the same month; released by commit.
  perform pg_advisory_xact_lock(hashtext('audit.event'), to_char(first_day, 'YYYYMM')::integer);
  if to_regclass('audit.' || name) is not null then
    return;
  end if;
  -- Pages of the table count as visible to all only after a vacuum, and index-only counts read those that do not: it comes
  -- after a hundredth of new rows, and looks at nothing but those.
  execute format(
    'create table audit.%I (like audit.event including defaults including constraints)
     with (autovacuum_vacuum_insert_scale_factor = 0.01)', name
  );
  execute format(
    'alter table audit.event attach partition audit.%I for values from (%L) to (%L)', name,
    to_char(first_day, 'YYYY-MM-DD"T00:00:00Z"'), to_char(first_day + interval '1 month', 'YYYY-MM-DD"T00:00:00Z"')
  );
end
$$;

-- Drops a month that is due, with what refers to its events, and leaves a tombstone; all or nothing, whoever asks.
create function audit.drop_month(
  first_day date, archived_events bigint, file text, file_sha256 bytea, instance text
) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '10s'
as $$
declare
  attempts constant integer := 5;
  policy audit.retention;
  due audit.month;
  stone integer;
  total bigint;
  first_at timestamptz;
  last_at timestamptz;
  counted bigint;
begin
  -- With a snapshot of its beginning, a transaction would not see what it looks at again once it has the locks.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise invalid_transaction_state using message = format(
      'cannot drop %s: expected a transaction with isolation level read committed, got %s',
      first_day, current_setting('transaction_isolation')
    );
  end if;

  -- The jobs that fold counts and look through operations stay out, so does another drop, and nobody makes a hold or changes
  -- the retention until the end.
  perform pg_advisory_xact_lock(hashtext('audit.event_count'), 0);
  perform pg_advisory_xact_lock(hashtext('audit.open_operation'), 0);
  lock table audit.hold, audit.retention in share mode;

  select * into due from audit.month where month.month = first_day;
  if not found then
    raise no_data_found using message = format('cannot drop %s: expected a month that has a partition', first_day);
  end if;
  select * into policy from audit.retention order by version desc limit 1;
  if due.is_held then
    raise object_not_in_prerequisite_state using message = format('cannot drop %s: a legal hold is in force on it', first_day);
  end if;
  if due.due_at is null or due.due_at > now() then
    raise object_not_in_prerequisite_state using message =
      format('cannot drop %s: expected a month that is due, got one that is due %s', first_day, coalesce(due.due_at::text, 'never'));
  end if;
  if file is null and not policy.drop_without_archive then
    raise object_not_in_prerequisite_state using message =
      format('cannot drop %s: expected an archive, got none, and the retention does not allow to go without', first_day);
  end if;

  -- All that takes time comes before the events are locked.
  stone := nextval('audit.tombstone_id_seq');
  with dropped as (
    insert into audit.dropped_count (receiver_id, receiver_seq, tombstone_id, recorded_at, events)
    select receiver_id, receiver_seq, stone, min(recorded_at), count(*)
    from audit.event
    where event_time >= due.start_time and event_time < due.end_time
    group by receiver_id, receiver_seq
    returning recorded_at, events
  )
  select coalesce(sum(events), 0), min(recorded_at), max(recorded_at) into total, first_at, last_at from dropped;
  with uncounted as (
    delete from audit.event_count where hour >= due.start_time and hour < due.end_time returning events, hours
  )
  select coalesce(sum(events) filter (where hours in (0, 24)), 0) into counted from uncounted;
  if total <> counted or (file is not null and archived_events is distinct from total) then
    raise object_not_in_prerequisite_state using message = format(
      'cannot drop %s: it has %s events, the hourly counts say %s, the archive has %s',
      first_day, total, counted, coalesce(archived_events::text, 'none')
    );
  end if;
  delete from audit.open_operation where event_time >= due.start_time and event_time < due.end_time;
  delete from audit.unfinished_operation where event_time >= due.start_time and event_time < due.end_time;
  delete from audit.stream_duplicate where event_time >= due.start_time and event_time < due.end_time;
  insert into audit.tombstone (
    id, month, events, first_recorded_at, last_recorded_at, archive_file, archive_sha256, retention_version, retention_days, dropped_by
  )
  overriding system value
  values (stone, first_day, total, first_at, last_at, file, file_sha256, policy.version, policy.days, instance);

  -- Everybody waits behind us for the event table, so we wait for it only a little while at a time.
  perform set_config('lock_timeout', '2s', true);
  for attempt in 1..attempts loop
    begin
      lock table only audit.event in access exclusive mode;
      exit;
    exception when lock_not_available then
      if attempt = attempts then
        raise;
      end if;
      perform pg_sleep(0.5);
    end;
  end loop;

  -- Every event comes with its count, and those of before are gone: one that is there came after the events were counted.
  perform from audit.event_count where hour >= due.start_time and hour < due.end_time;
  if found then
    raise object_not_in_prerequisite_state using message =
      format('cannot drop %s: events of it came while it was being dropped; it is tried again', first_day);
  end if;
  execute format('drop table audit.%I', due.partition);
  return stone;
end
$$;

revoke all on function audit.make_month, audit.drop_month from public;
