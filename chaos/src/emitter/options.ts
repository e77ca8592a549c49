import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { MAX_KILLS, MAX_SEED } from '../options';
import { sabotageOption } from '../sabotage-option';
import { wholeNumber } from '../whole-number';

/** Programs in the place of the emitting one, each with a promise broken. Each must make a run fail. */
export const emitterSabotages = {
  /** A record counts as spooled before it is written. */
  'resolve-before-write': '../sabotage/resolve-before-write.js',
  /** A record counts as sent whatever the receiver answers. */
  'settle-before-answer': '../sabotage/settle-before-answer.js',
} as const;

export type EmitterSabotageName = keyof typeof emitterSabotages;

export interface EmitterOptions {
  seed: number;
  kills: number;
  sabotage: EmitterSabotageName | undefined;
}

/**
 * Reads the command line behind `emitter`: `--seed`, a random one by default, `--kills`, `--sabotage`.
 *
 * @throws for an unknown or bad option, with what was expected and what came
 */
export function parseEmitterOptions(args: string[]): EmitterOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: String(randomInt(MAX_SEED)) },
      kills: { type: 'string', default: '500' },
      sabotage: { type: 'string' },
    },
  });
  const names = Object.keys(emitterSabotages) as EmitterSabotageName[];
  return {
    seed: wholeNumber('seed', values.seed, MAX_SEED),
    kills: wholeNumber('kills', values.kills, MAX_KILLS),
    sabotage: sabotageOption(values.sabotage, names),
  };
}
