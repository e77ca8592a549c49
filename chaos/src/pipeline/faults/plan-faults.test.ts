import fc from 'fast-check';
import { faultKinds, faultNames, possibleFaults } from './fault-kinds';
import { planFaults } from './plan-faults';

const seeds = fc.nat();

describe('planFaults', () => {
  it('plans the same with the same seed, something else with another', () => {
    const plan = planFaults({ seed: 7, durationMs: 600_000 });
    expect(planFaults({ seed: 7, durationMs: 600_000 })).toEqual(plan);
    expect(planFaults({ seed: 8, durationMs: 600_000 })).not.toEqual(plan);
  });

  it('plans at least 200 faults in half an hour, of all kinds that are drawn, some at the same moment', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const plan = planFaults({ seed, durationMs: 1_800_000 });
        expect(plan.length).toBeGreaterThanOrEqual(200);
        const kinds = new Set(plan.map(({ kind }) => kind));
        const drawn = faultNames.filter((name) => faultKinds[name].weight > 0);
        expect([...kinds].toSorted()).toEqual(drawn.toSorted());
        const moments = new Set(plan.map(({ atMs }) => atMs));
        expect(moments.size).toBeLessThan(plan.length);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps to the targets and times of each kind, in the order of time', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        let last = 0;
        for (const fault of planFaults({ seed, durationMs: 120_000 })) {
          const { targets, lastsMs } = faultKinds[fault.kind];
          expect(fault.atMs).toBeGreaterThanOrEqual(last);
          expect(fault.target).toBeLessThan(targets);
          expect(fault.lastsMs).toBeGreaterThanOrEqual(lastsMs.min);
          expect(fault.lastsMs).toBeLessThanOrEqual(lastsMs.max);
          last = fault.atMs;
        }
      }),
    );
  });

  it('leaves the rest as it is where some kinds cannot be done', () => {
    const all = planFaults({ seed: 7, durationMs: 600_000 });
    const kinds = possibleFaults([]);
    expect(planFaults({ seed: 7, durationMs: 600_000, kinds })).toEqual(
      all.filter(({ kind }) => kinds.includes(kind)),
    );
  });

  it('draws nothing but the kinds that are asked for, where the pause is', () => {
    const kinds = ['disk-full-queue', 'latency'] as const;
    const pauseMs = { min: 100, max: 200 };
    const plan = planFaults({ seed: 7, durationMs: 60_000, kinds, pauseMs });
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(kinds));
  });
});

describe('possibleFaults', () => {
  it('leaves out what needs a Collector or a volume', () => {
    expect(possibleFaults(['collector', 'volumes'])).toEqual(faultNames);
    expect(possibleFaults([])).not.toContain('kill-collector');
    expect(possibleFaults(['collector'])).not.toContain('disk-full-queue');
    expect(possibleFaults(['volumes'])).not.toContain('disk-full-queue');
    expect(possibleFaults(['volumes'])).toContain('disk-full-database');
  });
});
