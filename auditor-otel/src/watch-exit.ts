import type { WriteDiagnostic } from './diagnostics';

/** What is done about records that are still here when the process ends. */
export interface ExitWatch {
  /** Sends what waits. */
  finish(): Promise<unknown>;
  /** Puts what can be saved on the disk, at once. @returns how many records are lost, and how many are on the disk */
  save(): { lost: number; left: number };
  writeDiagnostic: WriteDiagnostic;
}

/**
 * Tries once more when the process is about to end because nothing is left to do. At the end of the process, also by `process.exit` and an
 * uncaught exception, saves what can be saved, and says how many records are lost or left to the next process. Signals
 * are the application's own: it calls `close` before.
 *
 * @returns a function that ends the watch
 */
export function watchExit(watch: ExitWatch): () => void {
  let hasTried = false;
  const beforeExit = () => {
    if (hasTried) return;
    hasTried = true;
    void watch.finish();
  };
  const exit = () => {
    const { lost, left } = watch.save();
    try {
      if (lost > 0)
        watch.writeDiagnostic(
          `auditor-otel: the process ends with ${lost} audit records that the receiver does not have`,
        );
      if (left > 0)
        watch.writeDiagnostic(
          `auditor-otel: ${left} audit records wait in the spool for the next process of this service`,
        );
    } catch {
      // There is nobody left to tell.
    }
  };
  const both = { beforeExit, exit };
  watches.add(both);
  if (watches.size === 1) {
    process.on('beforeExit', allBeforeExit);
    process.on('exit', allExit);
  }
  return () => {
    watches.delete(both);
    if (watches.size > 0) return;
    process.off('beforeExit', allBeforeExit);
    process.off('exit', allExit);
  };
}

/** Of all auditors of the process: Node warns of a leak where each has a listener of its own. */
const watches = new Set<{ beforeExit: () => void; exit: () => void }>();

function allBeforeExit(): void {
  for (const { beforeExit } of [...watches]) beforeExit();
}

function allExit(): void {
  for (const { exit } of [...watches]) exit();
}
