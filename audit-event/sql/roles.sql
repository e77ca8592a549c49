-- The roles that the services can connect as, and exactly what each may do. Safe to run again; run it after each migration,
-- as the owner of the schema. A migration runs it itself, and makes the roles where it may. Nobody but the owner may change or
-- delete events: no statement here grants update, delete or truncate on audit.event.
do $$
declare
  role text;
begin
  foreach role in array array['audit_receiver', 'audit_query', 'audit_reader'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = role) then
      begin
        execute format('create role %I nologin', role);
      exception when duplicate_object or unique_violation then
        null; -- made meanwhile, for another database of the server
      end;
    end if;
  end loop;
end
$$;

grant usage on schema audit to audit_receiver, audit_query, audit_reader;

-- audit_reader: reads all but secrets. For the pools of the query service that only read, and for people.
grant select on
  audit.migration, audit.event, audit.event_count, audit.resource,
  audit.receiver, audit.batch, audit.ledger, audit.quarantine, audit.exclusion_count, audit.exclusion, audit.rule_set,
  audit.exclusion_rule, audit.stream_range, audit.stream, audit.stream_gap, audit.stream_duplicate,
  audit.operation_sweep, audit.open_operation, audit.unfinished_operation,
  audit.retention, audit.hold, audit.month, audit.tombstone, audit.dropped_count
to audit_reader, audit_receiver, audit_query;
grant select (
  id, subject, has_secret, access_restrictions, created_at, created_by, changed_at, changed_by, version, expires_at, last_used_at
) on audit.token to audit_reader;

-- Both services commit batches: the receiver what comes, the query service its own events.
grant insert on
  audit.event, audit.event_count, audit.resource, audit.receiver, audit.batch, audit.quarantine, audit.exclusion_count,
  audit.rule_set, audit.stream_range
to audit_receiver, audit_query;
grant execute on function audit.make_month to audit_receiver, audit_query;

-- audit_receiver: its jobs fold counts and streams, look through operations, and drop months that are due.
grant delete on audit.event_count, audit.stream_range, audit.operation_sweep, audit.open_operation to audit_receiver;
grant insert on
  audit.stream, audit.stream_gap, audit.stream_duplicate,
  audit.operation_sweep, audit.open_operation, audit.unfinished_operation
to audit_receiver;
grant update on audit.stream, audit.unfinished_operation to audit_receiver;
grant execute on function audit.drop_month to audit_receiver;

-- audit_query: tokens, sessions and settings. What is versioned is only added to; of a hold only its release is written later.
grant select on audit.cursor_key, audit.token, audit.session to audit_query;
grant insert, update, delete on audit.token to audit_query;
grant insert, delete on audit.session to audit_query;
grant insert on audit.exclusion_rule to audit_query;
grant insert (version, days, drop_without_archive, changed_by) on audit.retention to audit_query;
grant insert (id, start_time, end_time, reason, created_by) on audit.hold to audit_query;
grant update (released_at, released_by, release_reason) on audit.hold to audit_query;
