import { DIAGNOSTIC_INTERVAL_MS } from './limits';

/** Takes one line about the audit trail itself, which must not go through the audit trail. */
export type WriteDiagnostic = (line: string) => void;

/** Says what is wrong with the audit trail, at most once in an interval (a second) for each topic. */
export type Diagnose = (
  topic: string,
  line: string,
  intervalMs?: number,
) => void;

/**
 * A `Diagnose` that passes on the first line of a topic at once and holds back those that follow within the interval;
 * how many were held back is said with the next. Never throws.
 *
 * @example
 * const diagnose = createDiagnostics((line) => console.error(line));
 * diagnose('lost', '1 audit record was dropped');
 */
export function createDiagnostics(
  write: WriteDiagnostic,
  nowMs: () => number = Date.now,
): Diagnose {
  const topics = new Map<string, { until: number; held: number }>();
  return (topic, line, intervalMs = DIAGNOSTIC_INTERVAL_MS) => {
    const now = nowMs();
    const last = topics.get(topic);
    if (last && now < last.until) {
      last.held += 1;
      return;
    }
    topics.set(topic, { until: now + intervalMs, held: 0 });
    const more = last?.held ? ` (and ${last.held} more like it)` : '';
    try {
      write(`auditor-otel: ${line}${more}`);
    } catch {
      // There is nobody left to tell.
    }
  };
}

/** Writes to stderr: the default where no logger is given. */
export function writeToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
