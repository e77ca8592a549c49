import type { Queryable } from 'audit-event/store';

/**
 * The audit schema as text, the same on every supported Postgres: tables and views with their columns, indexes, constraints and what
 * roles may do, then the functions.
 * Monthly partitions are left out, because they depend on the day.
 */
export async function describeSchema(db: Queryable): Promise<string> {
  const columns = await lines(
    db,
    `select c.relname as table, '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || case when coll.collname = 'C' then ' collate "C"' else '' end
       || case when a.attnotnull then ' not null' else '' end
       || case a.attidentity when 'a' then ' generated always as identity' else '' end
       || coalesce(
         case a.attgenerated when 's' then ' generated always as ' else ' default ' end || pg_get_expr(d.adbin, d.adrelid), ''
       ) as line
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_collation coll on coll.oid = a.attcollation
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'audit'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
     order by c.relname, a.attnum`,
  );
  const indexes = await lines(
    db,
    `select c.relname as table, '  ' || pg_get_indexdef(i.indexrelid) as line
     from pg_index i
     join pg_class c on c.oid = i.indrelid
     where c.relnamespace = 'audit'::regnamespace and not c.relispartition
     order by c.relname, line`,
  );
  // Postgres 18 lists `not null` among the constraints; the columns above say it already.
  const constraints = await lines(
    db,
    `select c.relname as table, '  constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid) as line
     from pg_constraint k
     join pg_class c on c.oid = k.conrelid
     where c.relnamespace = 'audit'::regnamespace and k.contype <> 'n' and not c.relispartition
     order by c.relname, k.conname`,
  );
  const partitions = await lines(
    db,
    `select p.inhparent::regclass::text as table, '  partition ' || c.relname || ' ' || pg_get_expr(c.relpartbound, c.oid) as line
     from pg_class c
     join pg_inherits p on p.inhrelid = c.oid
     where c.relnamespace = 'audit'::regnamespace and c.relkind = 'r' and c.relname !~ '_[0-9]{4}_[0-9]{2}$'
     order by c.relname`,
  );
  const grants = await lines(
    db,
    `select relname as table,
       '  grant ' || string_agg(privilege_type, ', ' order by privilege_type) || columns || ' to ' || grantee::regrole as line
     from (
       select relname, '' as columns, (aclexplode(relacl)).* from pg_class where relnamespace = 'audit'::regnamespace
       union all
       select relname, ' (' || string_agg(attname, ', ' order by attnum) || ')', acl.*
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid
       cross join lateral aclexplode(a.attacl) as acl
       where relnamespace = 'audit'::regnamespace
       group by relname, acl.grantor, acl.grantee, acl.privilege_type, acl.is_grantable
     ) as privilege
     where grantee::regrole::text like 'audit\\_%'
     group by relname, columns, grantee
     order by relname, line`,
  );
  const functions = await lines(
    db,
    `select '' as table, oid::regprocedure || case when prosecdef then ' security definer' else '' end
       || coalesce(' set ' || array_to_string(proconfig, ' set '), '') || coalesce(' to ' || (
         select string_agg(coalesce(nullif(grantee, 0)::regrole::text, 'public'), ', ' order by 1)
         from aclexplode(proacl) where grantee <> proowner
       ), '') || E'\\n' as line
     from pg_proc
     where pronamespace = 'audit'::regnamespace
     order by proname`,
  );
  const tables = [...new Set(columns.map(({ table }) => table))];
  const all = [
    ...columns,
    ...constraints,
    ...indexes,
    ...partitions,
    ...grants,
  ];
  const described = tables.map((table) => {
    const own = all.filter((row) => row.table.replace('audit.', '') === table);
    return `${table}\n${own.map(({ line }) => line).join('\n')}\n`;
  });
  return [...described, ...functions.map(({ line }) => line)].join('\n');
}

async function lines(
  db: Queryable,
  sql: string,
): Promise<{ table: string; line: string }[]> {
  await db.query(`set timezone = 'UTC'`);
  return (await db.query(sql)).rows as { table: string; line: string }[];
}
