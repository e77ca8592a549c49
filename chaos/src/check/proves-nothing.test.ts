import { provesNothing } from './proves-nothing';

describe('provesNothing', () => {
  it.each([
    ['that promised and was troubled', { promised: 5, faults: 1 }, undefined],
    [
      'that no faults were asked for',
      { promised: 5, faults: undefined },
      undefined,
    ],
    [
      'without an event',
      { promised: 0, faults: 3 },
      'the run proves nothing: no event was promised; let it last longer',
    ],
    [
      'without a fault',
      { promised: 5, faults: 0 },
      'the run proves nothing: no fault was done; let it last longer',
    ],
    [
      'without either',
      { promised: 0, faults: 0 },
      'the run proves nothing: no event was promised, and no fault was done; let it last longer',
    ],
  ])('tells of a run %s', (_what, effort, reason) => {
    expect(provesNothing(effort)).toBe(reason);
  });
});
