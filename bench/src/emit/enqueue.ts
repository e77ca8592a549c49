import { freePort } from '../free-port';
import { median } from '../in-turns';
import { startLoad } from '../load-process';
import type { EmitOptions } from '../emit';
import { hasBackstage } from './contenders/backstage-default';
import type { ContenderName, EnqueueOptions } from './enqueue-process';
import type { TurnReport } from './run-turn';
import { startTurns } from './turn-process';
import type { TurnProcess } from './turn-process';

/**
 * What `createEvent` and `success` cost that nobody awaits, and what they add to the delay of the event loop; in turns with
 * no auditing at all, Backstage's own auditor, and the stock SDK of OpenTelemetry.
 */
export async function enqueue(
  options: EmitOptions,
): Promise<Record<string, number>> {
  const port = await freePort();
  const receiver = await startLoad('answer-requests', { port });
  const names: ContenderName[] = ['none', 'ours', 'stockSdk'];
  if (hasBackstage()) names.push('backstageDefault');
  else
    console.log(
      'not compared with Backstage\'s own auditor: run "npm ci --ignore-scripts" in test/backstage first',
    );
  const processes = new Map<ContenderName, TurnProcess<TurnReport>>();
  const reports: Reports = new Map();
  try {
    for (const contender of names)
      processes.set(contender, await start(contender, port, options));
    // In the first turn the code is being compiled.
    for (let round = 0; round <= options.rounds; round++)
      for (const [name, process] of processes) {
        const report = await process.turn();
        const before = reports.get(name) ?? [];
        if (round > 0) reports.set(name, [...before, report]);
      }
  } finally {
    for (const process of processes.values()) await process.stop();
    await receiver.stop();
  }
  return figuresOf(reports);
}

function start(
  contender: ContenderName,
  port: number,
  { rate, seconds, profile }: EmitOptions,
): Promise<TurnProcess<TurnReport>> {
  const endpoint = `http://127.0.0.1:${port}`;
  const isProfiled = profile !== undefined && contender === 'ours';
  return startTurns<TurnReport>(
    'enqueue-process',
    { contender, endpoint, rate, seconds } satisfies EnqueueOptions,
    isProfiled ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
  );
}

type Reports = Map<ContenderName, TurnReport[]>;

function figuresOf(reports: Reports): Record<string, number> {
  const of = (name: ContenderName) => mediansOf(reports.get(name)!);
  for (const name of reports.keys()) console.log(lineOf(name, of(name)));
  const ours = of('ours');
  const pair = (name: ContenderName) =>
    of(name).createP50Us + of(name).successP50Us;
  const theirs = (key: string, name: ContenderName) =>
    reports.has(name) ? { [key]: pair('ours') / pair(name) } : {};
  return rounded({
    enqueueP99Us: Math.max(ours.createP99Us, ours.successP99Us),
    enqueueP50Us: Math.max(ours.createP50Us, ours.successP50Us),
    loopDelayAddedP99Ms: ours.loopDelayP99Ms - of('none').loopDelayP99Ms,
    ...theirs('vsDefaultAuditor', 'backstageDefault'),
    ...theirs('vsStockSdk', 'stockSdk'),
  });
}

function mediansOf(reports: TurnReport[]): TurnReport {
  const keys = Object.keys(reports[0]!) as (keyof TurnReport)[];
  return Object.fromEntries(
    keys.map((key) => [key, median(reports.map((report) => report[key]))]),
  ) as unknown as TurnReport;
}

function lineOf(name: string, report: TurnReport): string {
  const f = rounded(report as unknown as Record<string, number>);
  return `${name}: createEvent ${f['createP50Us']} µs, p99 ${f['createP99Us']}, first of a burst ${f['firstCreateP50Us']}; success ${f['successP50Us']} µs, p99 ${f['successP99Us']}; event loop delay p99 ${f['loopDelayP99Ms']} ms`;
}

function rounded(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      Number(value.toFixed(2)),
    ]),
  );
}
