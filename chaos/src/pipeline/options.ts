import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_SEED } from '../options';
import { wholeNumber } from '../whole-number';
import { faultNames } from './faults/fault-kinds';
import type { FaultName } from './faults/fault-kinds';
import { collectorModes } from './parts/collector';
import type { CollectorMode } from './parts/collector';
import { plantNames, plants } from './plants/plants';
import type { PlantName } from './plants/plants';
import { settings } from './settings';

export interface PipelineOptions {
  seed: number;
  durationMs: number;
  /** Events per second. */
  rate: number;
  /** Whether a Collector must, must not, or may be in the middle. */
  collector: 'required' | 'none' | 'if there';
  /** What the Collector's 200 means: see otel-collector.yaml. */
  mode: CollectorMode;
  plant: PlantName | undefined;
  /** Only these, and more of them; undefined: all that can be done. */
  faults: readonly FaultName[] | undefined;
  /** The folder for the report. */
  report: string;
}

const MINUTE_MS = 60_000;
const MAX_RATE = 100_000;

/** Whether the command line asks for a run through the whole pipeline. */
export function isForPipeline(args: readonly string[]): boolean {
  return args.some((arg) =>
    /^--(minutes|plant|faults|collector|no-collector)(=|$)/.test(arg),
  );
}

/**
 * Reads the command line: `--minutes`, `--seed`, a random one by default, `--rate`, `--collector` or `--no-collector`,
 * `--mode`, `--plant`, `--faults` with names between commas, `--report`.
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
      mode: { type: 'string', default: collectorModes[0] },
      plant: { type: 'string' },
      faults: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const seed = wholeNumber('seed', values.seed, MAX_SEED);
  const plant = oneOfNames('plant', values.plant, plantNames);
  return {
    ...{ seed, plant },
    faults:
      values.faults
        ?.split(',')
        .map((name) => oneOfNames('faults', name, faultNames)!) ??
      (plant && plants[plant].faults),
    durationMs: minutes(values.minutes) * MINUTE_MS,
    rate: wholeNumber('rate', values.rate, MAX_RATE),
    collector:
      values.collector === undefined
        ? 'if there'
        : values.collector
          ? 'required'
          : 'none',
    mode: oneOfNames('mode', values.mode, collectorModes)!,
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

function oneOfNames<Name extends string>(
  option: string,
  value: string | undefined,
  names: readonly Name[],
): Name | undefined {
  const name = names.find((one) => one === value);
  if (name === value) return name;
  throw new Error(
    `expected --${option} to be one of ${names.join(', ')}, got "${value}"`,
  );
}
