import { compareLedger, findLedger } from 'audit-event/store';
import type { LedgerSums } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { queryOf } from '../query-of';
import { requireReader } from '../reader';
import type { ReaderDeps } from '../reader';
import { oneWord, rangeParameters } from '../http/parameter-table';
import { readParameters } from '../http/parameters';
import { lastDays, rangeIn } from '../http/range';

export const LEDGER_PATH = '/v2/ledger';

const FLAG = ['true', 'false'] as const;

export const ledgerParameters = {
  ...rangeParameters,
  compare: oneWord('Whether to count what is really there', FLAG, 'false'),
};
/** Receivers, gaps and differences that are listed. */
const MAX_ROWS = 1_000;

/** `GET /v2/ledger`: what became of all that was received, and where that does not add up. */
export function ledgerRoute(deps: ReaderDeps): RequestHandler {
  return async function findLedgerV2(req, res) {
    const reading = await requireReader(req, deps);
    const params = readParameters(queryOf(req.url), ledgerParameters);
    const range = rangeIn(params, lastDays());
    const isCompared = params.oneOf('compare', FLAG) === 'true';
    // To compare is to read every event of the time.
    const { inScan, inSnapshot } = deps.database;
    const inTransaction = isCompared ? inScan : inSnapshot;
    const { ledger, differences } = await inTransaction(async (db) => ({
      ledger: await findLedger(db, range, MAX_ROWS),
      differences: isCompared
        ? await compareLedger(db, range, MAX_ROWS)
        : undefined,
    }));
    const { days, receivers, gaps } = ledger;
    reading.noteRows(days.length);
    const total = sumOf(days);
    res.json({
      from: new Date(range.startMs).toISOString(),
      to: new Date(range.endMs).toISOString(),
      adds_up:
        addsUp(total) && gaps.length === 0 && (differences ?? []).length === 0,
      total,
      days,
      receivers,
      gaps,
      ...(differences && { differences }),
    });
  };
}

function sumOf(days: readonly LedgerSums[]): LedgerSums {
  const total: LedgerSums = {
    batches: 0,
    received: 0,
    stored: 0,
    duplicate: 0,
    excluded: 0,
    quarantined: 0,
  };
  for (const day of days)
    for (const name of Object.keys(total) as (keyof LedgerSums)[])
      total[name] += day[name];
  return total;
}

function addsUp(sums: LedgerSums): boolean {
  const { stored, duplicate, excluded, quarantined } = sums;
  return sums.received === stored + duplicate + excluded + quarantined;
}
