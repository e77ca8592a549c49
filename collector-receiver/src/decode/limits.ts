/** What one request may hold. Each limit is far above what real senders do and keeps a hostile one from the memory. */
export const limits = {
  /** Lists and maps inside each other in one value; deeper records are kept aside unread. */
  depth: 64,
  /** Values in one record. */
  valuesPerRecord: 65_536,
  /** Log records in one request: at this count even 64 MiB of them are under 270 bytes each. */
  recordsPerRequest: 250_000,
  /** Embedded messages of the envelope: resource logs, resource, scope logs, scope and record for each record. */
  partsPerRequest: 1_250_000,
  /** Bytes of one record, or one resource, that may arrive as pieces of a split embedded message. */
  joinedBytes: 1_048_576,
  /** Resource and scope go into the raw bytes of a record kept aside up to this size. */
  rawSourceBytes: 16_384,
  /** Of them in one request altogether: past it they are left out, as a small request could else become gigabytes. */
  rawSourceBytesPerRequest: 4_194_304,
} as const;
