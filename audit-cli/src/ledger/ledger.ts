/** Records received, and what became of them. */
export interface LedgerSums {
  batches: number;
  received: number;
  stored: number;
  duplicate: number;
  excluded: number;
  quarantined: number;
}

/** The answer of the API: the parts that are shown to people. */
export interface Ledger {
  from: string;
  to: string;
  adds_up: boolean;
  total: LedgerSums;
  days: (LedgerSums & { day: string })[];
  /** Connections of whose batches some are missing. */
  gaps: {
    receiver_id: number;
    instance: string;
    batches: number;
    highest_batch: number;
  }[];
  /** Batches of which something else is there than was counted; when asked for. */
  differences?:
    | {
        receiver_id: number;
        receiver_seq: string;
        recorded_at: string;
        what: string;
        counted: number;
        found: number;
      }[]
    | undefined;
}
