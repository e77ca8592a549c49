import type { Queryable } from 'audit-event/store';

/**
 * The audit schema as text, the same on every supported Postgres: tables and views with their columns, indexes and constraints.
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
  const tables = [...new Set(columns.map(({ table }) => table))];
  const all = [...columns, ...constraints, ...indexes, ...partitions];
  return tables
    .map((table) => {
      const own = all.filter(
        (row) => row.table.replace('audit.', '') === table,
      );
      return `${table}\n${own.map(({ line }) => line).join('\n')}\n`;
    })
    .join('\n');
}

async function lines(
  db: Queryable,
  sql: string,
): Promise<{ table: string; line: string }[]> {
  await db.query(`set timezone = 'UTC'`);
  return (await db.query(sql)).rows as { table: string; line: string }[];
}
