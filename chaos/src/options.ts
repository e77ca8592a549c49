import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sabotageOption } from './sabotage-option';
import { sabotageNames } from './sabotages';
import type { SabotageName } from './sabotages';
import { wholeNumber } from './whole-number';

export interface ChaosOptions {
  seed: number;
  receiverKills: number;
  postgresKills: number;
  sabotage: SabotageName | undefined;
}

export const MAX_KILLS = 1_000_000;
export const MAX_SEED = 2 ** 32 - 1;

/**
 * Reads the command line: `--seed`, a random one by default, `--receiver-kills`, `--postgres-kills`, `--sabotage`.
 *
 * @throws for an unknown or bad option, with what was expected and what came
 */
export function parseOptions(args: string[]): ChaosOptions {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: String(randomInt(MAX_SEED)) },
      'receiver-kills': { type: 'string', default: '200' },
      'postgres-kills': { type: 'string', default: '50' },
      sabotage: { type: 'string' },
    },
  });
  return {
    seed: wholeNumber('seed', values.seed, MAX_SEED),
    receiverKills: wholeNumber(
      'receiver-kills',
      values['receiver-kills'],
      MAX_KILLS,
    ),
    postgresKills: wholeNumber(
      'postgres-kills',
      values['postgres-kills'],
      MAX_KILLS,
    ),
    sabotage: sabotageOption(values.sabotage, sabotageNames),
  };
}
