import { noFindings, report } from '../../check/findings';
import { pipelineFindingKinds } from '../check/pipeline-findings';
import type { DoneFault } from '../faults/run-faults';
import type { PipelineReport } from './pipeline-report';
import { ratesOf } from './rates';
import { recoveryTimes } from './recovery-times';
import { reportPage } from './report-page';

const fault = (kind: DoneFault['kind'], recoveredMs?: number): DoneFault => ({
  ...{ kind, recoveredMs, atMs: 100, target: 0, lastsMs: 10, strength: 0.5 },
  ...{ struckMs: 100, overMs: 110 },
});

function reportWith(faults: DoneFault[]): PipelineReport {
  return {
    ...{ seed: 7, plant: undefined, startedAt: '2026-01-01T00:00:00.000Z' },
    ...{ durationMs: 60_000, collector: 'end_to_end', isClean: true },
    findings: noFindings(pipelineFindingKinds),
    figures: { events: 200 },
    faults,
    samples: [
      { atMs: 0, promised: 0, committed: 0 },
      { atMs: 1_000, promised: 100, committed: undefined },
      { atMs: 2_000, promised: 200, committed: 150 },
    ],
  };
}

describe('recoveryTimes', () => {
  it('tells median and longest of each kind, and passes over what was not seen', () => {
    const faults = [30, undefined, 10, 20].map((ms) => fault('reset', ms));
    expect(recoveryTimes([...faults, fault('kill-collector')])).toEqual([
      {
        ...{ kind: 'kill-collector', faults: 1 },
        ...{ medianMs: undefined, maxMs: undefined },
      },
      { kind: 'reset', faults: 4, medianMs: 20, maxMs: 30 },
    ]);
  });
});

describe('ratesOf', () => {
  it('goes from one known count to the next', () => {
    const { samples } = reportWith([]);
    expect(ratesOf(samples, (sample) => sample.committed, 10)).toEqual([
      { atMs: 1_000, perSecond: 75 },
    ]);
  });

  it('puts so many seconds together that there are no more places than asked for', () => {
    const samples = Array.from({ length: 1_000 }, (_, i) => ({
      ...{ atMs: i * 1_000, promised: i * 10, committed: undefined },
    }));
    const rates = ratesOf(samples, (sample) => sample.promised, 100);
    expect(rates.length).toBeLessThanOrEqual(100);
    for (const { perSecond } of rates) expect(perSecond).toBeCloseTo(10);
  });
});

describe('reportPage', () => {
  it('needs nothing from elsewhere and shows each fault', () => {
    const page = reportPage(reportWith([fault('reset', 5), fault('latency')]));
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
    expect(page.match(/class="fault" x=/g)).toHaveLength(2);
    expect(page).toContain('reset at 0.1 s');
    expect(page).toContain('Nothing is lost');
  });

  it('says so where the promise is broken, and lets no event become markup', () => {
    const broken = reportWith([]);
    report(broken.findings, 'lost', 'event <b>"1"</b>');
    const page = reportPage({ ...broken, isClean: false });
    expect(page).toContain('The promise is broken.');
    expect(page).toContain('lost: event &lt;b&gt;&quot;1&quot;&lt;/b&gt;');
    expect(page).not.toContain('<b>');
  });

  it('says so where a part was not well, and the promise is kept', () => {
    const unwell = reportWith([]);
    report(unwell.findings, 'unwell', 'receiver-0 ended by itself');
    const page = reportPage({ ...unwell, isClean: false });
    expect(page).toContain('Nothing is lost, but a part was not well.');
  });

  it('can show a run in which nothing was measured', () => {
    const empty = { ...reportWith([]), samples: [], durationMs: 1 };
    expect(reportPage(empty)).not.toMatch(/NaN|Infinity|undefined/);
  });
});
