import type { PipelineFindings } from '../check/pipeline-findings';
import type { DoneFault } from '../faults/run-faults';
import type { CollectorMode } from '../parts/collector';
import type { Sample } from '../timeline';

/** All that is known of a run. */
export interface PipelineReport {
  seed: number;
  plant: string | undefined;
  /** In ISO 8601. */
  startedAt: string;
  durationMs: number;
  /** The mode of the Collector in the middle, or that there was none. */
  collector: CollectorMode | 'none';
  isClean: boolean;
  findings: PipelineFindings;
  figures: Record<string, number>;
  faults: readonly DoneFault[];
  samples: readonly Sample[];
}
