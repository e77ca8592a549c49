import type { Queryable } from 'audit-event/store';
import { checkBatches, checkNumbering } from '../../check/check-accounting';
import { countOutcomes } from '../../check/count-outcomes';
import { noFindings, report } from '../../check/findings';
import type { Origin } from '../../load/plan-request';
import { plannedId } from '../emit/plan-event';
import type { Journal } from '../emit/journal';
import { checkStored } from './check-stored';
import { checkStreams } from './check-streams';
import { pipelineFindingKinds } from './pipeline-findings';
import type { PipelineFindings } from './pipeline-findings';

/** What was compared. */
export interface CheckOptions {
  origin: Origin;
  journal: Journal;
  processes: number;
  signal: AbortSignal;
}

/** What came out. */
export interface Checked {
  findings: PipelineFindings;
  figures: Record<string, number>;
}

/** Compares the database with all that emitters have promised. Nobody may write to it any more. */
export async function checkPipeline(
  db: Queryable,
  { origin, journal, processes, signal }: CheckOptions,
): Promise<Checked> {
  const findings = noFindings(pipelineFindingKinds);
  const stored = await checkStored(db, origin, processes, findings, signal);
  for (const [process, promised] of journal.promised())
    for (const n of promised)
      if (!stored.numbers.get(process)?.has(n))
        report(
          findings,
          'lost',
          `event ${plannedId(origin.seed, { process, n })}, ${n} of process ${process}`,
        );
  await checkBatches(db, findings);
  await checkNumbering(db, findings);
  const outcomes = await countOutcomes(db);
  report(
    findings,
    'left',
    'records in quarantine',
    outcomes['quarantined'] ?? 0,
  );
  const streams = await checkStreams(db, findings);
  return {
    findings,
    figures: {
      events: stored.events,
      promised: journal.total(),
      ...outcomes,
      ...streams,
    },
  };
}
