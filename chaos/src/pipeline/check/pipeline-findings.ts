import type { Findings } from '../../check/findings';

/**
 * What can be wrong at the end: `lost` was promised by an emitter and is not in the table; `dup` is there twice; `phantom`
 * is there and was never made; `corrupt` says something else than what was made; `miscounted` is a batch whose accounting is
 * not what is in the tables; `gap` is a place in a stream that is empty, and that its emitter has not declared lost;
 * `left` is what is still in the spool, or in quarantine; `unwell` is a part that ended by itself, or did not end or start in
 * time, without a fault that causes it.
 */
export const pipelineFindingKinds = [
  'lost',
  'dup',
  'phantom',
  'corrupt',
  'miscounted',
  'gap',
  'left',
  'unwell',
] as const;

export type PipelineFindings = Findings<(typeof pipelineFindingKinds)[number]>;
