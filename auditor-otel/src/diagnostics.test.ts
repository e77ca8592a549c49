import { createDiagnostics } from './diagnostics';

describe('createDiagnostics', () => {
  it('says the first line of a topic, holds back the next ones, and counts them', () => {
    const lines: string[] = [];
    let now = 0;
    const diagnose = createDiagnostics(
      (line) => lines.push(line),
      () => now,
    );
    diagnose('dropped', 'dropped one');
    diagnose('dropped', 'dropped two');
    diagnose('refused', 'refused one');
    now = 999;
    diagnose('dropped', 'dropped three');
    now = 1000;
    diagnose('dropped', 'dropped four');
    expect(lines).toEqual([
      'auditor-otel: dropped one',
      'auditor-otel: refused one',
      'auditor-otel: dropped four (and 2 more like it)',
    ]);
  });

  it('outlives a writer that throws', () => {
    const diagnose = createDiagnostics(() => {
      throw new Error('no');
    });
    expect(() => diagnose('a', 'b')).not.toThrow();
  });
});
