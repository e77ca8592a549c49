import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_SEED } from '../options';
import { wholeNumber } from '../whole-number';
import { plantNames } from './plants/plants';
import type { PlantName } from './plants/plants';
import { settings } from './settings';

export interface PipelineOptions {
  seed: number;
  durationMs: number;
  /** Events per second. */
  rate: number;
  /** Whether a Collector must, must not, or may be in the middle. */
  collector: 'required' | 'none' | 'if there';
  plant: PlantName | undefined;
  /** The folder for the report. */
  report: string;
}

const MINUTE_MS = 60_000;
const MAX_RATE = 100_000;

/** Whether the command line asks for a run through the whole pipeline. */
export function isForPipeline(args: readonly string[]): boolean {
  return args.some((arg) =>
    /^--(minutes|plant|collector|no-collector)(=|$)/.test(arg),
  );
}

/**
 * Reads the command line: `--minutes`, `--seed`, a random one by default, `--rate`, `--collector` or `--no-collector`,
 * `--plant`, `--report`.
 *
 * @throws for an unknown or bad option, with what was expected and what came
 */
export function parsePipelineOptions(args: string[]): PipelineOptions {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      minutes: { type: 'string', default: String(settings.minutes) },
      seed: { type: 'string', default: String(randomInt(MAX_SEED)) },
      rate: { type: 'string', default: String(settings.rate) },
      collector: { type: 'boolean' },
      plant: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const seed = wholeNumber('seed', values.seed, MAX_SEED);
  const plant = plantOption(values.plant);
  return {
    ...{ seed, plant },
    durationMs: minutes(values.minutes) * MINUTE_MS,
    rate: wholeNumber('rate', values.rate, MAX_RATE),
    collector:
      values.collector === undefined
        ? 'if there'
        : values.collector
          ? 'required'
          : 'none',
    report: resolve(
      values.report ?? `.chaos/seed-${seed}${plant ? `-${plant}` : ''}`,
    ),
  };
}

function minutes(value: string): number {
  if (/^\d{1,4}(\.\d{1,2})?$/.test(value) && Number(value) > 0)
    return Number(value);
  throw new Error(
    `expected --minutes to be a number above 0, with at most two decimals, got "${value}"`,
  );
}

function plantOption(value: string | undefined): PlantName | undefined {
  const name = plantNames.find((one) => one === value);
  if (name === value) return name;
  throw new Error(
    `expected --plant to be one of ${plantNames.join(', ')}, got "${value}"`,
  );
}
