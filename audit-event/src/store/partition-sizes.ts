/** How large a part of the event table is. */
export interface PartitionSizes {
  /** As the planner estimates them. */
  estimated_rows: number;
  table_bytes: number;
  index_bytes: number;
}

/** SQL: the columns of `PartitionSizes`, of a row of `pg_class` that is called `c`. */
export const PARTITION_SIZES = `greatest(c.reltuples, 0)::double precision as estimated_rows,
       pg_table_size(c.oid)::double precision as table_bytes,
       pg_indexes_size(c.oid)::double precision as index_bytes`;
